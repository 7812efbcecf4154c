/** card-form: what is said about a dataset in the catalogue. */
import { useState, type FormEvent } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { LICENCES } from '../licences.ts'
import { go } from '../router.ts'
import type { Access, Card } from '../wire.ts'
import type { Asked } from '../wire-release.ts'
import { useWords } from '../words/words.tsx'
import { Button } from './button.tsx'
import { RadioField, SelectField, TextArea, TextField } from './field.tsx'
import { Refused } from './refused.tsx'
import { useToast } from './toast.tsx'

function filled(card: Card) {
  return {
    slug: card.slug,
    title: card.title['de'] ?? '',
    titleEn: card.title['en'] ?? '',
    description: card.description['de'] ?? '',
    descriptionEn: card.description['en'] ?? '',
    keywords: card.keywords.join(', '),
    theme: card.themes[0] ?? '',
    licence: card.licence ?? '',
    publisher: card.publisher?.name ?? '',
    contact: card.contact?.email ?? '',
    access: card.access,
  }
}

type Filled = ReturnType<typeof filled>

function bodyOf(card: Card, form: Filled) {
  const texts = (old: Card['title'], de: string, en: string) =>
    Object.fromEntries(Object.entries({ ...old, de, en }).filter(([, text]) => text !== undefined && text !== ''))
  return {
    slug: form.slug,
    title: texts(card.title, form.title, form.titleEn),
    description: texts(card.description, form.description, form.descriptionEn),
    keywords: form.keywords
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    themes: form.theme === '' ? [] : [form.theme, ...card.themes.slice(1).filter((theme) => theme !== form.theme)],
    licence: form.licence === '' ? null : form.licence,
    publisher: form.publisher === '' ? null : { ...card.publisher, name: form.publisher },
    contact: form.contact === '' ? null : { ...card.contact, name: card.contact?.name ?? form.contact, email: form.contact },
    access: form.access,
  }
}

export function CardForm({ card, saved }: { readonly card: Card; readonly saved: () => void }) {
  const { states, work } = useWords()
  const { edit } = work
  const say = useToast()
  const act = useAct()
  const [form, setForm] = useState(() => filled(card))
  const save = (event: FormEvent) => {
    event.preventDefault()
    void act.run(async () => {
      const kept = await call<Asked>(`/datasets/${card.slug}`, { method: 'PATCH', body: bodyOf(card, form) })
      say(kept.release?.state === 'reviewing' ? work.release.submitted : states.saved)
      if (kept.slug === card.slug) saved()
      else go(`/workspace/datasets/${kept.slug}`)
    })
  }
  const part = (field: keyof Filled) => ({
    value: form[field],
    onChange: ({ target }: { readonly target: { readonly value: string } }) => setForm({ ...form, [field]: target.value }),
  })
  return (
    <form className="al-form" onSubmit={save}>
      <TextField label={edit.title} required {...part('title')} />
      <TextArea label={edit.description} hint={edit.descriptionHint} {...part('description')} />
      <TextField label={edit.titleEn} optional lang="en" {...part('titleEn')} />
      <TextArea label={edit.descriptionEn} optional lang="en" {...part('descriptionEn')} />
      <Classified form={form} part={part} />
      <Access form={form} choose={(access) => setForm({ ...form, access })} />
      <TextField label={edit.slug} hint={edit.slugHint} required {...part('slug')} />
      <Refused refusal={act.refusal} />
      <div className="al-actions">
        <Button type="submit" look="primary" disabled={act.busy}>
          {states.save}
        </Button>
      </div>
    </form>
  )
}

type PartOf = (field: keyof Filled) => {
  readonly value: string
  readonly onChange: (event: { readonly target: { readonly value: string } }) => void
}

function Classified({ form, part }: { readonly form: Filled; readonly part: PartOf }) {
  const { themes, work } = useWords()
  const { edit } = work
  const known = LICENCES.some(([iri]) => iri === form.licence) || form.licence === ''
  return (
    <div className="al-fields">
      <SelectField
        label={edit.theme}
        optional
        {...part('theme')}
        choices={[{ value: '', label: '–' }, ...Object.entries(themes).map(([value, label]) => ({ value, label }))]}
      />
      <SelectField
        label={edit.licence}
        {...part('licence')}
        choices={[
          { value: '', label: edit.licenceNone },
          ...LICENCES.map(([value, label]) => ({ value, label })),
          ...(known ? [] : [{ value: form.licence, label: form.licence }]),
        ]}
      />
      <TextField label={edit.keywords} hint={edit.keywordsHint} optional {...part('keywords')} />
      <TextField label={edit.publisher} optional {...part('publisher')} />
      <TextField label={edit.contact} type="email" optional {...part('contact')} />
    </div>
  )
}

const LEVELS: readonly Access[] = ['public', 'internal', 'restricted']

function Access({ form, choose }: { readonly form: Filled; readonly choose: (access: Access) => void }) {
  const { access, work } = useWords()
  return (
    <RadioField
      legend={work.edit.access}
      name="access"
      value={form.access}
      choose={(value) => choose(LEVELS.find((level) => level === value) ?? 'internal')}
      choices={LEVELS.map((level) => ({ value: level, label: access[level], hint: work.edit.accessHints[level] }))}
    />
  )
}
