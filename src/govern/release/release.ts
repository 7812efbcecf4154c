/** release: how a dataset comes to be seen, and out of sight again. Nothing is released but through here. */
import type { Dataset } from '../../model/dataset.ts'
import { ASPECTS, type Aspect, type Case, type Finding, type ReleaseSettings, type Telling, type Verdict } from '../../model/release.ts'
import { Problem } from '../../problem.ts'
import { keeper, type Principal } from '../../rights/principal.ts'
import { rolesWith } from '../../rights/roles.ts'
import { allows } from '../../service/allow.ts'
import type { Service } from '../../service/service.ts'
import type { Life } from '../../service/turn.ts'
import type { Store } from '../../store/pool.ts'
import { accountsWith } from '../../store/grants.ts'
import { caseById, casesOf, changeReleaseSettings, releaseSettingsOf, reviewing, tellingsOf } from '../../store/release.ts'
import { mustAdminister } from '../administer.ts'
import { aspectsFor, isDemanded, mustBeAnother, personOf, REVIEWING, withoutTheAbsent } from './four-eyes.ts'
import { reachOf } from './reviews.ts'
import { checked, decided, left, recalled, reminded, reworded, submitted, type Asking } from './steps.ts'

export interface Release {
  /** Asks for a dataset to be released. Checked, then released at once or looked at by others first. */
  submit(who: Principal, slug: string, wish?: Wish): Promise<Case>
  /** The card changed; of what is released by a request that others look at, where that is demanded, or that lets more people see it. */
  edit(who: Principal, slug: string, change: (old: Dataset) => Dataset): Promise<Edited>
  leave(who: Principal, slug: string, act: 'withdraw' | 'archive' | 'redraft', reason?: string): Promise<Dataset>
  decide(who: Principal, id: number, verdict: Decided): Promise<Shown>
  recall(who: Principal, id: number, reason?: string): Promise<Shown>
  /** Those of datasets that `who` may review, newest first. */
  cases(who: Principal, wish: CasesWish): Promise<{ readonly items: readonly Shown[]; readonly next?: string }>
  case(who: Principal, id: number): Promise<Shown>
  /** What happened to a dataset, newest first. */
  history(who: Principal, slug: string): Promise<{ readonly open?: Shown; readonly last?: Shown; readonly items: readonly Telling[] }>
  settings(who: Principal): Promise<ReleaseSettings>
  configure(who: Principal, change: Partial<ReleaseSettings>): Promise<ReleaseSettings>
  /** Tells of reviews that are due. */
  remind(): Promise<number>
}

export interface Wish {
  readonly reason?: string | undefined
  readonly explained?: Readonly<Record<string, string>>
}

export interface Decided {
  readonly aspects: readonly Aspect[]
  readonly verdict: Verdict
  readonly reason?: string
}

export interface CasesWish {
  readonly open?: boolean | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** `revision`: the card is as it was until that is granted. */
export interface Edited {
  readonly dataset: Dataset
  readonly revision?: Case
}

/** A case for whoever looks at it: about what, and what they may do. */
export interface Shown extends Case {
  readonly about: Dataset
  /** Aspects that they may decide now. */
  readonly mine: readonly Aspect[]
  readonly recallable: boolean
}

/** Looks at a dataset as it would be seen, before anybody else does. */
export type Check = (dataset: Dataset) => Promise<readonly Finding[]>

const now = (): string => new Date().toISOString()

export function openRelease(store: Store, service: Service, check: Check): Release {
  return new Office(store, service, check)
}

class Office implements Release {
  private readonly store: Store
  private readonly service: Service
  private readonly check: Check

  constructor(store: Store, service: Service, check: Check) {
    this.store = store
    this.service = service
    this.check = check
  }

  async submit(who: Principal, slug: string, wish: Wish = {}): Promise<Case> {
    return (await this.ask(who, await this.look(who, slug), wish)).open
  }

  async edit(who: Principal, slug: string, change: (old: Dataset) => Dataset): Promise<Edited> {
    const dataset = await this.look(who, slug)
    const { demanded } = await this.demandedOf(dataset)
    const wanted = change(dataset)
    if (dataset.state !== 'released' || !(demanded || widens(dataset, wanted)))
      return { dataset: await this.service.amend(who, 'dataset', dataset.id, change) }
    const { dataset: after, open } = await this.ask(who, dataset, { card: change })
    return { dataset: after, revision: open }
  }

  async leave(who: Principal, slug: string, act: 'withdraw' | 'archive' | 'redraft', reason?: string): Promise<Dataset> {
    const { id } = await this.look(who, slug)
    const at = now()
    return (await this.service.turn(who, 'manage', id, (life) => left(life, act, personOf(who), at, reason))).dataset
  }

  async decide(who: Principal, id: number, { aspects, verdict, reason }: Decided): Promise<Shown> {
    const one = await this.case(who, id)
    mustBeAnother(personOf(who), one.author)
    mustBeMine(aspects, one)
    const { days } = await releaseSettingsOf(this.store, who.tenant)
    const decision = { aspects, verdict, by: personOf(who), at: now(), ...(reason !== undefined && { reason }) }
    await this.service.turn(who, REVIEWING, one.dataset, (life) => decided(life, id, days, decision))
    return this.case(who, id)
  }

  async recall(who: Principal, id: number, reason?: string): Promise<Shown> {
    const one = await this.case(who, id)
    const at = now()
    await this.service.turn(who, 'manage', one.dataset, (life) => recalled(life, id, personOf(who), at, reason))
    return this.case(who, id)
  }

  async cases(who: Principal, { open, before, limit }: CasesWish): Promise<{ readonly items: readonly Shown[]; readonly next?: string }> {
    const all = await casesOf(this.store, { tenant: who.tenant, open, before, limit })
    const seen = await Promise.all(all.map(({ id }) => this.case(who, id).catch(hiddenIsMissing)))
    const last = all.length === limit ? all.at(-1) : undefined
    return { items: seen.filter((one) => one !== undefined), ...(last && { next: String(last.id) }) }
  }

  async case(who: Principal, id: number): Promise<Shown> {
    const one = await caseById(this.store, who.tenant, id)
    const about = one && (await this.service.get(who, 'dataset', one.dataset).catch(hiddenIsMissing))
    if (one === undefined || about === undefined || !(allows(who, REVIEWING, about) || allows(who, 'manage', about))) throw unknown()
    return this.shown(who, one, about)
  }

  async history(who: Principal, slug: string): ReturnType<Release['history']> {
    const dataset = await this.look(who, slug)
    if (!allows(who, 'manage', dataset) && !allows(who, REVIEWING, dataset)) throw unknown()
    const [last] = await casesOf(this.store, { tenant: who.tenant, dataset: dataset.id, limit: 1 })
    const items = await tellingsOf(this.store, dataset.id, 500)
    if (last === undefined) return { items }
    const one = await this.shown(who, last, dataset)
    return { ...(last.ended === undefined ? { open: one } : { last: one }), items }
  }

  settings(who: Principal): Promise<ReleaseSettings> {
    return releaseSettingsOf(this.store, who.tenant)
  }

  async configure(who: Principal, change: Partial<ReleaseSettings>): Promise<ReleaseSettings> {
    mustAdminister(who)
    await changeReleaseSettings(this.store, who.tenant, change)
    return releaseSettingsOf(this.store, who.tenant)
  }

  async remind(): Promise<number> {
    let count = 0
    for (const { tenant, dataset } of await reviewing(this.store)) {
      const at = now()
      await this.service.turn(keeper(tenant, 'release'), 'manage', dataset, (life) => {
        const turned = reminded(life, at)
        count += turned.told.length
        return turned
      })
    }
    return count
  }

  private look(who: Principal, slug: string): Promise<Dataset> {
    return this.service.dataset(who, slug)
  }

  private async demandedOf({ tenant, id }: Dataset) {
    const [settings, present] = await Promise.all([
      releaseSettingsOf(this.store, tenant),
      accountsWith(this.store, { tenant, dataset: id, verb: REVIEWING, roles: rolesWith(REVIEWING) }),
    ])
    return { settings, present, demanded: isDemanded(settings, present) }
  }

  private async ask(who: Principal, { id }: Dataset, wish: Wish & Pick<Asking, 'card'>): Promise<Life & { readonly open: Case }> {
    const asking = { author: personOf(who), reason: wish.reason, card: wish.card, explained: wish.explained ?? {}, now: now() }
    const { dataset: asked, open } = await this.service.turn(who, 'manage', id, (life) => submitted(life, asking))
    const life = await this.examine(asked, open as Case)
    return { ...life, open: life.open as Case }
  }

  /** Checked, and moved on to whatever comes next. */
  private async examine(dataset: Dataset, open: Case): Promise<Life> {
    const findings = await this.check(open.card === undefined ? dataset : reworded(dataset, open.card))
    const { settings, demanded } = await this.demandedOf(dataset)
    const step = { id: open.id, findings, settings, demanded, now: now() }
    return this.service.turn(keeper(dataset.tenant, 'release'), 'manage', dataset.id, (life) => checked(life, step))
  }

  private async shown(who: Principal, one: Case, about: Dataset): Promise<Shown> {
    const { settings, present } = await this.demandedOf(about)
    const me = personOf(who)
    const may = one.state === 'reviewing' && allows(who, REVIEWING, about) && me.id !== one.author.id
    const allowed = may ? aspectsFor(me, ASPECTS, withoutTheAbsent(settings, present, one.author)) : []
    const mine = reachOf(one.reviews, one.order, allowed)
    return { ...one, about, mine, recallable: one.ended === undefined && allows(who, 'manage', about) }
  }
}

const WIDTH: Readonly<Record<Dataset['access'], number>> = { restricted: 0, internal: 1, public: 2 }

function widens(before: Dataset, after: Dataset): boolean {
  return WIDTH[after.access] > WIDTH[before.access]
}

function mustBeMine(aspects: readonly Aspect[], { mine }: Shown): void {
  if (aspects.length > 0 && aspects.every((aspect) => mine.includes(aspect))) return
  throw new Problem(
    mine.length > 0 ? 'conflict' : 'forbidden',
    { de: 'Über diese Prüfung entscheiden gerade nicht Sie.', en: 'This review is not yours to decide now.' },
    { pointer: '/aspects' },
  )
}

function hiddenIsMissing(error: unknown): undefined {
  if (error instanceof Problem && error.kind === 'not-found') return undefined
  throw error
}

function unknown(): Problem {
  return new Problem('not-found', { de: 'Diesen Antrag gibt es nicht.', en: 'There is no such request.' })
}
