/** release: how a dataset comes to be seen, and out of sight again. Nothing is released but through here. */
import { isWider, type Dataset } from '../../model/dataset.ts'
import type { Aspect, Case, Finding, ReleaseSettings, Telling, Verdict } from '../../model/release.ts'
import { now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { keeper, type Principal } from '../../rights/principal.ts'
import { ask } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import type { Life } from '../../service/turn.ts'
import type { Store } from '../../store/pool.ts'
import { caseById, casesIn, casesOf, changeReleaseSettings, releaseSettingsOf, tellingsOf } from '../../store/release.ts'
import { mustAdminister } from '../administer.ts'
import { mustBeAnother, personOf, REVIEWING } from './four-eyes.ts'
import { sees, shownTo, standings, type Shown, type Standing } from './standing.ts'
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
  /** Checks again what was left in the middle of it: the process ended, or a check failed. */
  resume(): Promise<void>
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

/** Looks at a dataset as it would be seen, before anybody else does. */
export type Check = (dataset: Dataset) => Promise<readonly Finding[]>

/** Milliseconds in which a check that is under way has ended. */
const CHECKED_WITHIN = 2 * 60_000

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
    const { demanded } = await this.standingOf(dataset)
    const wanted = change(dataset)
    if (dataset.state !== 'released' || !(demanded || isWider(wanted.access, dataset.access)))
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
    const ids = [...new Set(all.map(({ dataset }) => dataset))]
    const [{ items }, standing] = await Promise.all([
      this.service.find(who, ask('dataset', { is: 'in', path: ['id'], values: ids }, ids.length)),
      standings(this.store, who.tenant, ids),
    ])
    const seen = new Map(items.filter((about) => sees(who, about)).map((about) => [about.id, about]))
    const shown = all.flatMap((one) => {
      const about = seen.get(one.dataset)
      return about === undefined ? [] : [shownTo(who, one, about, standing(about.id))]
    })
    const last = all.length === limit ? all.at(-1) : undefined
    return { items: shown, ...(last && { next: String(last.id) }) }
  }

  async case(who: Principal, id: number): Promise<Shown> {
    const one = await caseById(this.store, who.tenant, id)
    const about = one && (await this.service.get(who, 'dataset', one.dataset).catch(hiddenIsMissing))
    if (one === undefined || about === undefined || !sees(who, about)) throw unknown()
    return shownTo(who, one, about, await this.standingOf(about))
  }

  async history(who: Principal, slug: string): ReturnType<Release['history']> {
    const dataset = await this.look(who, slug)
    if (!sees(who, dataset)) throw unknown()
    const [last] = await casesOf(this.store, { tenant: who.tenant, dataset: dataset.id, limit: 1 })
    const items = await tellingsOf(this.store, dataset.id, 500)
    if (last === undefined) return { items }
    const one = shownTo(who, last, dataset, await this.standingOf(dataset))
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

  async resume(): Promise<void> {
    const since = Date.now() - CHECKED_WITHIN
    const left = (await casesIn(this.store, 'checking')).filter(({ began }) => Date.parse(began) <= since)
    const ends = await Promise.allSettled(
      left.map(async (one) => this.examine(await this.service.get(keeper(one.tenant, 'release'), 'dataset', one.dataset), one)),
    )
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  async remind(): Promise<number> {
    let count = 0
    for (const { tenant, dataset } of await casesIn(this.store, 'reviewing')) {
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

  private async standingOf({ tenant, id }: Dataset): Promise<Standing> {
    return (await standings(this.store, tenant, [id]))(id)
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
    const { settings, demanded } = await this.standingOf(dataset)
    const step = { id: open.id, findings, settings, demanded, now: now() }
    return this.service.turn(keeper(dataset.tenant, 'release'), 'manage', dataset.id, (life) => checked(life, step))
  }
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
