/** money: what the platform costs, and who pays it until when. Amounts are whole cents. */
import type { JsonObject } from '../../model/json.ts'
import { choice, day, gaps, kindOf, money, several, text, truth, type Finding } from '../kind.ts'

const CONFIDENCE = choice(['Verlässlichkeit', 'Confidence'], {
  measured: ['Abgerechnet', 'Settled'],
  estimated: ['Angebot oder Schätzung', 'Offer or estimate'],
  assumed: ['Angenommen', 'Assumed'],
})

export const cost = kindOf(
  {
    name: 'cost',
    title: { de: 'Kosten', en: 'Cost' },
    titles: { de: 'Kosten', en: 'Costs' },
    lead: { de: 'Was Betrieb, Wartung und Weiterentwicklung kosten.', en: 'What operation, maintenance and development cost.' },
    look: (fields: JsonObject): readonly Finding[] =>
      gaps(fields, { source: ['Woher stammt der Betrag?', 'Where does the amount come from?'] }),
  },
  {
    amount: money(['Betrag', 'Amount'], ['Im Jahr, wenn die Kosten laufend sind.', 'A year, where the cost is recurring.']),
    recurring: truth(['Laufend', 'Recurring']),
    variable: truth(['Variabel', 'Variable'], ['Wächst mit der Nutzung.', 'Grows with use.']),
    type: choice(['Kostenart', 'Type of cost'], {
      platform: ['Technische Plattform', 'Technical platform'],
      sensors: ['Sensorik', 'Sensors'],
      infrastructure: ['Infrastruktur', 'Infrastructure'],
      software: ['Software', 'Software'],
      staff: ['Personal', 'Staff'],
      cooperation: ['Kooperationsmanagement', 'Cooperation'],
    }),
    position: choice(['Position', 'Position'], {
      operation: ['Betrieb', 'Operation'],
      maintenance: ['Wartung', 'Maintenance'],
      development: ['Weiterentwicklung', 'Development'],
    }),
    from: day(['Ab', 'From']),
    until: day(['Bis', 'Until'], ['Leer: unbefristet.', 'Empty: without end.']),
    driver: text(['Treiber', 'Driver'], ['Wovon die Höhe abhängt.', 'What the amount depends on.']),
    useCases: several('use-case', ['Für welche Anwendungsfälle?', 'For which use cases?']),
    source: text(['Quelle', 'Source'], ['Rechnung, Angebot, Haushaltsstelle.', 'Invoice, offer, budget line.']),
    confidence: CONFIDENCE,
  },
  ['amount', 'from'],
)

export const funding = kindOf(
  {
    name: 'funding',
    title: { de: 'Finanzierung', en: 'Funding' },
    titles: { de: 'Finanzierung', en: 'Funding' },
    lead: { de: 'Wer was bezahlt, und bis wann.', en: 'Who pays what, and until when.' },
    look: (fields: JsonObject): readonly Finding[] =>
      fields['type'] === 'grant' ? gaps(fields, { until: ['Wann endet die Förderung?', 'When does the grant end?'] }) : [],
  },
  {
    yearly: money(['Betrag im Jahr', 'Amount a year']),
    type: choice(['Art', 'Type'], {
      grant: ['Fördermittel', 'Grant'],
      budget: ['Haushalt', 'Budget'],
      partner: ['Anteil von Partnern', 'Share of partners'],
      revenue: ['Einnahmen', 'Revenue'],
    }),
    programme: text(['Programm oder Haushaltsstelle', 'Programme or budget line']),
    reference: text(['Bescheid oder Beschluss', 'Notice or decision']),
    from: day(['Ab', 'From']),
    until: day(['Bis', 'Until'], ['Leer: unbefristet.', 'Empty: without end.']),
    binding: day(['Zweckbindung bis', 'Bound to its purpose until']),
    decision: day(['Entscheidung nötig bis', 'Decision needed by'], ['Etwa die Anmeldung zum Haushalt.', 'Such as the registration for the budget.']),
  },
  ['yearly', 'type', 'from'],
) // prettier-ignore
