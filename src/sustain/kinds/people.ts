/** people: who does what: the six tasks of the worksheet “Kooperationen und Betrieb”, the operator, decisions, and what comes next. */
import type { JsonObject } from '../../model/json.ts'
import { choice, day, gaps, kindOf, long, several, text, truth, whole, type Finding } from '../kind.ts'

export const TASKS = {
  continuity: ['Verstetigung', 'Continuity'],
  strategy: ['Strategie', 'Strategy'],
  stakeholders: ['Stakeholder & Community', 'Stakeholders & community'],
  requirements: ['Anforderungen & Design', 'Requirements & design'],
  architecture: ['Systemarchitektur', 'System architecture'],
  development: ['Entwicklung', 'Development'],
} as const

export const role = kindOf(
  {
    name: 'role',
    title: { de: 'Zuständigkeit', en: 'Responsibility' },
    titles: { de: 'Zuständigkeiten', en: 'Responsibilities' },
    lead: {
      de: 'Sechs Aufgaben, jede mit einer Person und einer Vertretung.',
      en: 'Six tasks, each with a person and a deputy.',
    },
    look: (fields: JsonObject): readonly Finding[] =>
      gaps(fields, {
        person: ['Wer übernimmt das?', 'Who does it?'],
        deputy: ['Wer vertritt?', 'Who is the deputy?'],
      }),
  },
  {
    task: choice(['Aufgabe', 'Task'], TASKS),
    person: text(['Person', 'Person']),
    unit: text(['Amt oder Einheit', 'Unit']),
    deputy: text(['Vertretung', 'Deputy']),
    share: whole(['Anteil einer Stelle in Prozent', 'Share of a post in per cent'], 0, 100),
    since: day(['Seit', 'Since']),
    until: day(['Bis', 'Until'], ['Leer: unbefristet.', 'Empty: without end.']),
    partner: text(['Partnerorganisation', 'Partner organisation']),
  },
  ['task'],
)

export const operation = kindOf(
  {
    name: 'operation',
    title: { de: 'Betreibermodell', en: 'Operator model' },
    titles: { de: 'Betreibermodell', en: 'Operator model' },
    lead: { de: 'Vier Fragen, die vor dem Regelbetrieb beantwortet sein müssen.', en: 'Four questions to be answered before regular operation.' },
    look: (fields: JsonObject): readonly Finding[] =>
      gaps(fields, {
        form: ['Welche Grundform?', 'Which basic form?'],
        operator: ['Wer betreibt technisch?', 'Who operates it technically?'],
        solution: ['Welche Lösung?', 'Which solution?'],
        partners: ['Welche Partner?', 'Which partners?'],
      }),
  },
  {
    form: choice(['Grundform', 'Basic form'], {
      own: ['Eigenbetrieb', 'Own operation'],
      provider: ['Dienstleister oder Rechenzentrum', 'Provider or data centre'],
      partnership: ['Kommunale Partnerschaft', 'Municipal partnership'],
    }),
    operator: text(['Wer betreibt technisch?', 'Who operates it technically?']),
    solution: text(['Welche Lösung?', 'Which solution?']),
    partners: text(['Welche Partner?', 'Which partners?'], ['„Keine“ ist auch eine Antwort.', '“None” is an answer too.']),
    contract: text(['Vertrag', 'Contract']),
    contractUntil: day(['Vertrag bis', 'Contract until']),
    notice: day(['Kündigen bis', 'Notice by']),
    level: text(['Zugesagte Verfügbarkeit', 'Promised availability']),
  },
) // prettier-ignore

export const decision = kindOf(
  {
    name: 'decision',
    title: { de: 'Beschluss', en: 'Decision' },
    titles: { de: 'Beschlüsse', en: 'Decisions' },
    lead: { de: 'Was entschieden wurde, von wem, und warum.', en: 'What was decided, by whom, and why.' },
    look: (fields: JsonObject): readonly Finding[] => gaps(fields, { body: ['Wer hat entschieden?', 'Who decided?'] }),
  },
  {
    occasion: long(['Anlass', 'Occasion']),
    options: long(['Erwogene Möglichkeiten', 'Options considered']),
    decision: long(['Entscheidung', 'Decision']),
    body: text(['Gremium oder Person', 'Body or person']),
    date: day(['Datum', 'Date']),
    number: text(['Nummer der Vorlage', 'Number of the paper']),
    evidence: text(['Beleg', 'Evidence'], ['Adresse oder Aktenzeichen.', 'Address or file number.']),
  },
  ['decision'],
)

export const milestone = kindOf(
  {
    name: 'milestone',
    title: { de: 'Vorhaben', en: 'Plan' },
    titles: { de: 'Fahrplan', en: 'Roadmap' },
    lead: { de: 'Was als Nächstes kommt, bis wann, und wer es tut.', en: 'What comes next, by when, and who does it.' },
    look: (fields: JsonObject): readonly Finding[] => gaps(fields, { responsible: ['Wer tut es?', 'Who does it?'] }),
  },
  {
    what: long(['Was', 'What']),
    due: day(['Bis wann', 'By when']),
    responsible: text(['Verantwortlich', 'Responsible']),
    done: truth(['Erledigt', 'Done']),
    useCases: several('use-case', ['Für welche Anwendungsfälle?', 'For which use cases?']),
  },
  ['due'],
)
