/** indicator: a figure with a definition, a baseline and a target; measured from the platform's own data, or entered by hand. */
import type { JsonObject } from '../../model/json.ts'
import { choice, day, gaps, isEmpty, kindOf, long, number, one, text, whole, type Finding } from '../kind.ts'

export const indicator = kindOf(
  {
    name: 'indicator',
    title: { de: 'Indikator', en: 'Indicator' },
    titles: { de: 'Indikatoren', en: 'Indicators' },
    lead: {
      de: 'Woran man sieht, ob es wirkt. Was die Plattform weiß, misst sie selbst, jeden Tag.',
      en: 'How one sees whether it works. What the platform knows it measures itself, every day.',
    },
    look,
  },
  {
    definition: long(['Definition', 'Definition'], ['Was genau wird gezählt, und wie?', 'What exactly is counted, and how?']),
    unit: text(['Einheit', 'Unit']),
    level: choice(['Ebene', 'Level'], { output: ['Output', 'Output'], outcome: ['Outcome', 'Outcome'], impact: ['Impact', 'Impact'] }, [
      'Klicks und Abrufe sind Output, nie Wirkung.',
      'Clicks and requests are output, never an effect.',
    ]),
    direction: choice(['Besser ist', 'Better is'], { up: ['mehr', 'more'], down: ['weniger', 'less'] }),
    baseline: number(['Ausgangswert', 'Baseline']),
    target: number(['Zielwert', 'Target']),
    due: day(['Ziel bis', 'Target by']),
    source: choice(['Quelle', 'Source'], {
      manual: ['Von Hand, mit Beleg', 'By hand, with evidence'],
      data: ['Aus einem Datensatz', 'From a dataset'],
      platform: ['Aus dem Betrieb der Plattform', 'From the platform itself'],
    }),
    dataset: one('dataset', ['Datensatz', 'Dataset']),
    attribute: text(['Messgröße', 'Attribute'], ['Wie sie in den Messreihen heißt, etwa pm10.', 'As the series call it, such as pm10.']),
    figure: choice(['Kennzahl', 'Figure'], {
      average: ['Mittelwert', 'Average'],
      sum: ['Summe', 'Sum'],
      min: ['Kleinster Wert', 'Smallest value'],
      max: ['Größter Wert', 'Largest value'],
      count: ['Anzahl der Messwerte', 'Number of values'],
    }),
    days: whole(['Über so viele Tage', 'Over so many days'], 1, 3660),
    platform: choice(['Was gezählt wird', 'What is counted'], {
      datasets: ['Datensätze', 'Datasets'],
      released: ['Veröffentlichte Datensätze', 'Released datasets'],
      observations: ['Messwerte', 'Observations'],
      sources: ['Quellen', 'Sources'],
      'use-cases': ['Anwendungsfälle im Regelbetrieb', 'Use cases in regular operation'],
    }),
    responsible: text(['Verantwortlich', 'Responsible']),
    confidence: choice(['Verlässlichkeit', 'Confidence'], {
      measured: ['Gemessen', 'Measured'],
      estimated: ['Geschätzt', 'Estimated'],
      assumed: ['Angenommen', 'Assumed'],
    }),
    sdg: whole(['Nachhaltigkeitsziel (1 bis 17)', 'Sustainable Development Goal (1 to 17)'], 1, 17),
  },
  ['definition', 'source'],
)

function look(fields: JsonObject): readonly Finding[] {
  const always = gaps(fields, {
    baseline: ['Ohne Ausgangswert lässt sich keine Veränderung zeigen.', 'Without a baseline no change can be shown.'],
    target: ['Welcher Wert soll erreicht werden?', 'Which value is to be reached?'],
    due: ['Bis wann?', 'Until when?'],
    responsible: ['Wer kümmert sich darum?', 'Who looks after it?'],
  })
  const ofSource =
    fields['source'] === 'data'
      ? gaps(fields, { dataset: ['Aus welchem Datensatz?', 'From which dataset?'], attribute: ['Welche Messgröße?', 'Which attribute?'], figure: ['Welche Kennzahl?', 'Which figure?'] }) // prettier-ignore
      : fields['source'] === 'platform'
        ? gaps(fields, { platform: ['Was wird gezählt?', 'What is counted?'] })
        : []
  return [...always, ...ofSource, ...clicks(fields)]
}

/** Requests say that something is used, not that it helps. */
function clicks({ definition, level }: JsonObject): readonly Finding[] {
  const counted = typeof definition === 'string' && /klick|abruf|aufruf|download|zugriff|click|request|visit/i.test(definition)
  if (!counted || isEmpty(level) || level === 'output') return []
  return [{ field: 'level', weight: 'gap', said: { de: 'Klicks und Abrufe sind Output: Sie zeigen Nutzung, keine Wirkung.', en: 'Clicks and requests are output: they show use, not effect.' } }] // prettier-ignore
}
