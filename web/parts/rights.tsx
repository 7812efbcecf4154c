/** rights: who may do what with a dataset, why somebody may not, and the grants behind it. */
import { useState } from 'react'
import { useResource } from '../resource.ts'
import type { Listed, Person } from '../wire.ts'
import type { MayDo, Rule, Subject, Why } from '../wire-rights.ts'
import { useWords } from '../words/words.tsx'
import { Alert } from './alert.tsx'
import { SelectField } from './field.tsx'
import { GivenRights } from './given-rights.tsx'
import { useGrantText } from './grant-text.ts'
import { Section } from './page.tsx'
import { Show } from './state.tsx'
import { Table } from './table.tsx'
import { VERBS } from './verbs.tsx'

export function Rights({ slug }: { readonly slug: string }) {
  const { rights: words } = useWords().work
  const found = useResource<Listed<MayDo>>(`/datasets/${slug}/rights`)
  // only administrators see all accounts
  const accounts = useResource<Listed<Person>>('/accounts')
  const people = accounts.state === 'ready' ? accounts.data.items : []
  return (
    <Show of={found}>
      {({ items }) => (
        <div className="al-stacked">
          <Section id="who-may" title={words.whoMay} lead={words.whoMayLead}>
            <WhoMay all={items} />
          </Section>
          <Section id="given" title={words.given} lead={words.givenLead}>
            <GivenRights slug={slug} people={people} reload={found.reload} />
          </Section>
          <Section id="why-not" title={words.whyNot} lead={words.whyNotLead}>
            <WhyNot slug={slug} known={items} people={people} />
          </Section>
        </div>
      )}
    </Show>
  )
}

/** Rights that have one reason stand in one row. */
interface Line {
  readonly who: Subject
  readonly verbs: readonly Why[]
  readonly rule: Rule | undefined
}

function linesOf(all: readonly MayDo[]): readonly Line[] {
  return all.flatMap(({ may, ...who }) =>
    [...Map.groupBy(may, ({ rules }) => JSON.stringify(rules[0])).values()].map((verbs) => ({ who, verbs, rule: verbs[0]?.rules[0] })),
  )
}

function WhoMay({ all }: { readonly all: readonly MayDo[] }) {
  const { rights: words, tokens } = useWords().work
  const nameOf = useName()
  const ruleText = useRuleText()
  const verbText = ({ verb, answer }: Why) => {
    const name = tokens.verbNames[verb] ?? verb
    return answer === 'portion' ? words.partly(name) : name
  }
  return (
    <Table
      caption={words.whoMay}
      rows={linesOf(all)}
      keyOf={(_, at) => at}
      columns={[
        { name: words.who, cell: ({ who }) => nameOf(who) },
        { name: words.what, cell: ({ verbs }) => verbs.map(verbText).join(', ') },
        { name: words.why, cell: ({ rule }) => (rule ? ruleText(rule) : '–') },
      ]}
    />
  )
}

function useName(): (who: Subject) => string {
  const { rights: words } = useWords().work
  return ({ name, kind }) => {
    if (kind === 'anonymous') return words.everybody
    return words.kinds[kind] ? `${name} (${words.kinds[kind]})` : name
  }
}

function useRuleText(): (rule: Rule) => string {
  const { rights: words } = useWords().work
  const grantText = useGrantText()
  return ({ ground, grant }) => {
    if (grant === undefined) return words.grounds[ground] ?? ground
    return [grant.team && words.team(grant.team), grantText(grant), grant.dataset === null && words.all, grant.purpose]
      .filter(Boolean)
      .join(' · ')
  }
}

function WhyNot({ slug, known, people }: { readonly slug: string; readonly known: readonly MayDo[]; readonly people: readonly Person[] }) {
  const { rights: words, tokens } = useWords().work
  const nameOf = useName()
  // whoever may nothing here is no less asked about
  const subjects = new Map<string, string>([
    ['anonymous', words.everybody],
    ...people.map(({ id, name }) => [`user:${id}`, name] as const),
    ...known.map((one) => [one.id, nameOf(one)] as const),
  ])
  const [who, setWho] = useState('anonymous')
  const [verb, setVerb] = useState('read')
  const found = useResource<Why>(`/datasets/${slug}/why?verb=${verb}&who=${encodeURIComponent(who)}`)
  return (
    <div className="al-stacked">
      <div className="al-fields">
        <SelectField
          label={words.person}
          value={who}
          onChange={({ target }) => setWho(target.value)}
          choices={[...subjects].map(([value, label]) => ({ value, label }))}
        />
        <SelectField
          label={words.verb}
          value={verb}
          onChange={({ target }) => setVerb(target.value)}
          choices={VERBS.map((value) => ({ value, label: tokens.verbNames[value] ?? value }))}
        />
      </div>
      <Show of={found}>{(why) => <Answer why={why} />}</Show>
    </div>
  )
}

function Answer({ why }: { readonly why: Why }) {
  const { rights: words } = useWords().work
  const ruleText = useRuleText()
  return (
    <>
      <div role="status">
        <Alert tone={why.answer === 'none' ? 'warning' : 'success'} title={words.answers[why.answer]} />
      </div>
      <Table
        caption={words.whyNot}
        rows={why.rules}
        keyOf={(_, at) => at}
        columns={[
          { name: words.rule, cell: ruleText },
          {
            name: words.carries,
            cell: ({ extent, because }) =>
              because === undefined ? words.extents[extent] : `${words.extents[extent]}: ${words.because[because] ?? because}`,
          },
        ]}
      />
    </>
  )
}
