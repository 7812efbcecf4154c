/** use-case: the worksheet “Anwendungsfall”: what, with which data, for whom, why and until when; SMART; from input to impact. */
import type { JsonObject } from '../../model/json.ts'
import { choice, day, gaps, isEmpty, kindOf, long, several, text, texts, whole, type Finding } from '../kind.ts'

export const STAGES = ['idea', 'pilot', 'regular', 'ended'] as const
export type Stage = (typeof STAGES)[number]

export const useCase = kindOf(
  {
    name: 'use-case',
    title: { de: 'Anwendungsfall', en: 'Use case' },
    titles: { de: 'Anwendungsfälle', en: 'Use cases' },
    lead: {
      de: 'Wozu die Plattform da ist: ein Problem, das Daten lösen helfen, und wem das nützt.',
      en: 'What the platform is for: a problem that data help to solve, and who benefits.',
    },
    look,
  },
  {
    stage: choice(['Stand', 'Stage'], {
      idea: ['Idee', 'Idea'],
      pilot: ['Pilot', 'Pilot'],
      regular: ['Regelbetrieb', 'Regular operation'],
      ended: ['Beendet', 'Ended'],
    }),
    unit: text(['Amt oder Einheit', 'Unit'], ['Wer fachlich dafür einsteht.', 'Who answers for it.']),
    responsible: text(['Verantwortlich', 'Responsible'], ['Eine Person, nicht nur ein Amt.', 'A person, not only a unit.']),
    reason: long(['Warum?', 'Why?'], ['Welches Problem besteht heute? „Wir möchten ein Dashboard“ ist noch keines.', 'Which problem is there today? “We want a dashboard” is none yet.']),
    what: long(['Was soll entstehen?', 'What shall come about?']),
    datasets: several('dataset', ['Mit welchen Daten?', 'With which data?'], ['Datensätze dieser Plattform.', 'Datasets of this platform.']),
    suppliers: text(['Daten von wem?', 'Data from whom?']),
    audience: texts(['Für wen?', 'For whom?']),
    purpose: long(['Wieso hilft das?', 'Why does it help?'], ['Was tun diese Menschen damit anders als heute?', 'What do these people do differently with it?']),
    until: day(['Bis wann?', 'Until when?']),
    specific: long(['S – Spezifisch', 'S – Specific']),
    measurable: long(['M – Messbar', 'M – Measurable']),
    attractive: long(['A – Attraktiv', 'A – Attractive']),
    realistic: long(['R – Realistisch', 'R – Realistic']),
    timed: long(['T – Terminiert', 'T – Time-bound']),
    inputs: texts(['Input', 'Input'], ['Geld, Personal, Sensorik, Daten: was hineingeht.', 'Money, staff, sensors, data: what goes in.']),
    outputs: texts(['Output', 'Output'], ['Was entsteht: Übersicht, Schnittstelle, Bericht.', 'What is produced: overview, interface, report.']),
    outcome: long(['Direkter Outcome', 'Direct outcome'], ['Was sich bei der Zielgruppe ändert.', 'What changes for the target group.']),
    outcomeGroup: text(['Outcome: bei wem?', 'Outcome: for whom?']),
    outcomeBy: day(['Outcome: bis wann?', 'Outcome: until when?']),
    impact: long(['Langfristiger Impact', 'Long-term impact'], ['Was sich in der Stadt ändert.', 'What changes in the town.']),
    impactGroup: text(['Impact: bei wem?', 'Impact: for whom?']),
    impactBy: day(['Impact: bis wann?', 'Impact: until when?']),
    indicators: several('indicator', ['Indikatoren', 'Indicators'], ['Woran man Outcome und Impact erkennt.', 'How outcome and impact are recognised.']),
    decisions: several('decision', ['Beschlüsse', 'Decisions']),
    benefit: whole(['Nutzen (0 bis 5)', 'Benefit (0 to 5)'], 0, 5),
    effort: whole(['Aufwand (0 bis 5)', 'Effort (0 to 5)'], 0, 5),
    visibility: whole(['Sichtbarkeit (0 bis 5)', 'Visibility (0 to 5)'], 0, 5),
    readiness: whole(['Datenlage (0 bis 5)', 'Data readiness (0 to 5)'], 0, 5),
  },
) // prettier-ignore

const ALWAYS = {
  reason: ['Welches Problem besteht heute? Ohne Warum trägt kein Anwendungsfall.', 'Which problem is there today? No use case carries without a why.'],
  audience: ['Für wen ist es gedacht?', 'For whom is it meant?'],
} as const // prettier-ignore
const PILOT = {
  datasets: ['Mit welchen Datensätzen?', 'With which datasets?'],
  purpose: ['Was tun die Menschen damit anders als heute?', 'What do people do differently with it?'],
  responsible: ['Wer ist verantwortlich?', 'Who is responsible?'],
  until: ['Bis wann?', 'Until when?'],
  outcome: ['Was ändert sich bei der Zielgruppe?', 'What changes for the target group?'],
} as const
const REGULAR = {
  indicators: ['Ohne Indikator lässt sich der Nutzen nicht zeigen.', 'Without an indicator no benefit can be shown.'],
  impact: ['Was ändert sich langfristig in der Stadt?', 'What changes in the town in the long run?'],
  unit: ['Welches Amt steht dafür ein?', 'Which unit answers for it?'],
} as const

/** What a use case must say to be at a stage. */
export function wantedAt(stage: Stage): Readonly<Record<string, readonly [string, string]>> {
  if (stage === 'pilot') return { ...ALWAYS, ...PILOT }
  return stage === 'regular' ? { ...ALWAYS, ...PILOT, ...REGULAR } : ALWAYS
}

export function stageOf({ stage }: JsonObject): Stage {
  return STAGES.find((one) => one === stage) ?? 'idea'
}

function look(fields: JsonObject): readonly Finding[] {
  const stage = stageOf(fields)
  return [...gaps(fields, wantedAt(stage)), ...smart(fields), ...groups(fields), ...dashboard(fields)]
}

/** M needs something to be measured by, T a date. */
function smart(fields: JsonObject): readonly Finding[] {
  const found: Finding[] = []
  if (!isEmpty(fields['measurable']) && isEmpty(fields['indicators']))
    found.push({ field: 'measurable', weight: 'hint', said: { de: '„Messbar“ braucht mindestens einen Indikator.', en: '“Measurable” needs an indicator at least.' } }) // prettier-ignore
  if (!isEmpty(fields['timed']) && isEmpty(fields['until']))
    found.push({ field: 'timed', weight: 'hint', said: { de: '„Terminiert“ braucht ein Datum unter „Bis wann?“.', en: '“Time-bound” needs a date at “Until when?”.' } }) // prettier-ignore
  return found
}

function groups(fields: JsonObject): readonly Finding[] {
  return ['outcome', 'impact'].flatMap((field): readonly Finding[] => {
    if (isEmpty(fields[field]) || !isEmpty(fields[`${field}Group`])) return []
    return [{ field: `${field}Group`, weight: 'hint', said: { de: 'Bei wem? Ohne Zielgruppe lässt es sich nicht prüfen.', en: 'For whom? Without a target group it cannot be checked.' } }] // prettier-ignore
  })
}

const TOOLS = /dashboard|übersicht|plattform|app\b|karte|website|portal/i

/** A tool is no purpose. */
function dashboard({ what, reason, purpose }: JsonObject): readonly Finding[] {
  const tool = typeof what === 'string' && TOOLS.test(what) && (isEmpty(reason) || isEmpty(purpose))
  if (!tool) return []
  return [{ field: 'purpose', weight: 'gap', said: { de: 'Ein Werkzeug ist noch kein Nutzen: Wer entscheidet damit was anders?', en: 'A tool is no benefit yet: who decides what differently with it?' } }] // prettier-ignore
}
