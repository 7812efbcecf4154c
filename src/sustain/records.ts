/** records: what keeps the platform alive, kept by those whose duty it is: checked by its kind, with history, and nothing that others name is taken away. */
import { checkForm } from '../govern/form.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { Problem } from '../problem.ts'
import { serves } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import { allows } from '../service/allow.ts'
import type { Service } from '../service/service.ts'
import {
  deleteRecord,
  insertRecord,
  lockRecord,
  recordById,
  recordsOf,
  recordsTo,
  replaceTies,
  updateRecord,
  versionsOfRecord,
  type RecordRow,
  type RecordVersion,
  type RecordWrite,
  type Tie,
  type TiedRecord,
} from '../store/records.ts'
import type { Store } from '../store/pool.ts'
import { isEmpty, wordIn, type Finding, type Kind } from './kind.ts'
import { kindNamed } from './kinds.ts'
import { stageOf, wantedAt } from './kinds/use-case.ts'

export interface Kept extends RecordRow {
  readonly findings: readonly Finding[]
}

export interface Whole extends Kept {
  /** What names it. */
  readonly named: readonly TiedRecord[]
}

/** A title, fields, which of them everybody may see, and when it is to be looked at again; what is not said stays. */
export interface Wish {
  readonly kind?: Json
  readonly title?: Json
  readonly fields?: Json
  readonly shown?: Json
  readonly review?: Json
  /** The version that was read; another one is not written over. */
  readonly version?: Json
}

export interface Records {
  list(who: Principal, kind?: string): Promise<readonly Kept[]>
  get(who: Principal, id: number): Promise<Whole>
  add(who: Principal, wish: Wish): Promise<Whole>
  change(who: Principal, id: number, wish: Wish): Promise<Whole>
  remove(who: Principal, id: number): Promise<void>
  /** What it was before, newest first. */
  history(who: Principal, id: number): Promise<readonly RecordVersion[]>
  /** What a dataset is for: the records that name it. */
  about(who: Principal, slug: string): Promise<readonly TiedRecord[]>
}

export function openRecords(store: Store, service: Pick<Service, 'dataset'>): Records {
  const whole = async (within: Store, tenant: number, id: number): Promise<Whole> => ({
    ...looked(await found(within, tenant, id)),
    named: await recordsTo(within, tenant, { record: id }),
  })
  return {
    async list(who, kind) {
      mustSustain(who)
      if (kind !== undefined) kindNamed(kind)
      return (await recordsOf(store, who.tenant, kind)).map(looked)
    },
    async get(who, id) {
      mustSustain(who)
      return whole(store, who.tenant, id)
    },
    async add(who, wish) {
      mustSustain(who)
      const kind = kindNamed(wish.kind)
      const write = written(kind, wish, { title: '', fields: {}, shown: [], review: null })
      await allowMeasuring(service, who, kind, {}, write.fields)
      return store.transaction(async (within) => {
        const id = await insertRecord(within, who.tenant, kind.name, who.name, write)
        await tie(within, who.tenant, kind, id, write.fields)
        return whole(within, who.tenant, id)
      })
    },
    async change(who, id, wish) {
      mustSustain(who)
      return store.transaction(async (within) => {
        const old = await locked(within, who.tenant, id)
        const kind = kindNamed(old.kind)
        const write = written(kind, wish, old)
        refuseEarly(kind, old.fields, write.fields)
        await allowMeasuring(service, who, kind, old.fields, write.fields)
        const version = typeof wish.version === 'number' ? wish.version : old.version
        if (!(await updateRecord(within, id, version, who.name, write))) throw changedMeanwhile()
        await tie(within, who.tenant, kind, id, write.fields)
        return whole(within, who.tenant, id)
      })
    },
    async remove(who, id) {
      mustSustain(who)
      await store.transaction(async (within) => {
        await found(within, who.tenant, id)
        const [first, ...more] = await recordsTo(within, who.tenant, { record: id })
        if (first !== undefined) throw stillNamed(first, more.length)
        await deleteRecord(within, id)
      })
    },
    async history(who, id) {
      mustSustain(who)
      await found(store, who.tenant, id)
      return versionsOfRecord(store, id)
    },
    async about(who, slug) {
      mustSustain(who)
      return recordsTo(store, who.tenant, { slug })
    },
  }
}

/** Throws `unauthenticated` for a stranger, `forbidden` for whoever does not have the duty. */
export function mustSustain(who: Principal): void {
  if (serves(who, 'sustain')) return
  if (who.id === 'anonymous') throw new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
  throw new Problem('forbidden', {
    de: 'Das ist Sache der Koordination und der Administration.',
    en: 'That is for coordinators and administrators.',
  })
}

async function found(store: Store, tenant: number, id: number): Promise<RecordRow> {
  const row = await recordById(store, tenant, id)
  if (row !== undefined) return row
  throw new Problem('not-found', { de: 'Diesen Eintrag gibt es nicht.', en: 'There is no such record.' })
}

async function locked(store: Store, tenant: number, id: number): Promise<RecordRow> {
  await lockRecord(store, id)
  return found(store, tenant, id)
}

function looked(row: RecordRow): Kept {
  return { ...row, findings: kindNamed(row.kind).look?.(row.fields) ?? [] }
}

function written(kind: Kind, wish: Wish, old: RecordWrite): RecordWrite {
  const title = wish.title === undefined ? old.title : wish.title
  if (typeof title !== 'string' || title.trim() === '' || title.length > 300) throw refused('/title', 'Der Titel fehlt oder ist zu lang.', 'The title is missing or too long.') // prettier-ignore
  const fields = checkForm(kind.schema, wish.fields === undefined ? old.fields : wish.fields, '/fields') as JsonObject
  return { title: title.trim(), fields, shown: shownIn(kind, wish.shown, old.shown), review: reviewIn(wish.review, old.review) }
}

function shownIn(kind: Kind, shown: Json | undefined, old: readonly string[]): readonly string[] {
  if (shown === undefined) return old
  const known = (name: Json): name is string => typeof name === 'string' && Object.hasOwn(kind.schema.properties, name)
  if (Array.isArray(shown) && (shown as readonly Json[]).every(known)) return [...new Set(shown as readonly string[])]
  throw refused('/shown', 'Hier stehen Namen von Feldern.', 'These are names of fields.')
}

function reviewIn(review: Json | undefined, old: string | null): string | null {
  if (review === undefined) return old
  if (review === null || review === '') return null
  if (typeof review === 'string' && /^\d{4}-\d\d-\d\d$/.test(review) && !Number.isNaN(Date.parse(review))) return review
  throw refused('/review', 'Hier steht ein Tag wie 2027-01-31.', 'This is a day such as 2027-01-31.')
}

/** A use case goes on to a stage only with what that stage asks for. */
function refuseEarly(kind: Kind, old: JsonObject, fields: JsonObject): void {
  if (kind.name !== 'use-case' || stageOf(old) === stageOf(fields)) return
  const missing = Object.entries(wantedAt(stageOf(fields))).filter(([field]) => isEmpty(fields[field]))
  const [first] = missing
  if (first === undefined) return
  const titles = missing.map(([field]) => titleOf(kind, field))
  throw new Problem(
    'conflict',
    {
      de: `Für diesen Stand fehlt noch: ${titles.map(({ de }) => de).join(' · ')}`,
      en: `Still missing for this stage: ${titles.map(({ en }) => en).join(' · ')}`,
    },
    { pointer: `/fields/${first[0]}` },
  )
}

const MEASURED = ['source', 'dataset', 'attribute', 'figure', 'days']

/** What is measured for all to see, whoever asks for it must be able to see as a whole. */
async function allowMeasuring(
  service: Pick<Service, 'dataset'>,
  who: Principal,
  kind: Kind,
  old: JsonObject,
  fields: JsonObject,
): Promise<void> {
  const slug = wordIn(fields, 'dataset')
  const same = MEASURED.every((name) => old[name] === fields[name])
  if (kind.name !== 'indicator' || fields['source'] !== 'data' || slug === '' || same) return
  const dataset = await service.dataset(who, slug).catch(() => undefined)
  if (dataset === undefined) throw refused('/fields/dataset', `Den Datensatz „${slug}“ gibt es nicht.`, `There is no dataset “${slug}”.`)
  if (allows(who, 'read', dataset)) return
  throw new Problem('forbidden', { de: `Was gemessen wird, müssen Sie selbst lesen dürfen: „${slug}“.`, en: `What is measured you must be allowed to read yourself: “${slug}”.` }, { pointer: '/fields/dataset' }) // prettier-ignore
}

function titleOf({ schema }: Kind, field: string): { readonly de: string; readonly en: string } {
  const title = schema.properties[field]?.['title']
  return isObject(title) ? { de: wordIn(title, 'de'), en: wordIn(title, 'en') } : { de: field, en: field }
}

/** What it names must be there: records of the right kind in the same tenant. A dataset may vanish later, which is then said. */
async function tie(store: Store, tenant: number, kind: Kind, id: number, fields: JsonObject): Promise<void> {
  const ties = Object.entries(kind.schema.properties).flatMap(([field, { refers }]) => (refers === undefined ? [] : tiesIn(field, refers, fields[field]))) // prettier-ignore
  for (const { field, target } of ties) {
    if (target === undefined) continue
    const other = await recordById(store, tenant, target)
    if (other === undefined || other.kind !== kind.schema.properties[field]?.refers)
      throw refused(`/fields/${field}`, `Den Eintrag ${target} gibt es nicht.`, `There is no record ${target}.`)
  }
  await replaceTies(store, id, ties)
}

function tiesIn(field: string, refers: string, value: Json | undefined): readonly Tie[] {
  const all = Array.isArray(value) ? (value as readonly Json[]) : isEmpty(value) ? [] : [value ?? null]
  return all.map((one) => (refers === 'dataset' ? { field, slug: typeof one === 'string' ? one : '' } : { field, target: Number(one) }))
}

function refused(pointer: string, de: string, en: string): Problem {
  return new Problem('invalid-body', { de, en }, { pointer })
}

function changedMeanwhile(): Problem {
  return new Problem('conflict', {
    de: 'Jemand anders hat den Eintrag inzwischen geändert. Bitte laden Sie ihn neu.',
    en: 'Somebody else has changed the record meanwhile. Please load it again.',
  })
}

function stillNamed({ title }: TiedRecord, more: number): Problem {
  const [de, en] = more === 0 ? ['', ''] : [` und ${more} weiteren`, ` and ${more} more`]
  return new Problem('conflict', {
    de: `Der Eintrag wird noch gebraucht: von „${title}“${de}.`,
    en: `The record is still needed: by “${title}”${en}.`,
  })
}
