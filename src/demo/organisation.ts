/** organisation: what Wiesenbrück has written down about its platform: what it is for, what it costs, who is in charge; with gaps, as everywhere. */
import type { JsonObject } from '../model/json.ts'
import type { Principal } from '../rights/principal.ts'
import type { Records } from '../sustain/records.ts'

interface Note {
  readonly kind: string
  readonly title: string
  readonly fields: JsonObject
  readonly shown?: readonly string[]
  /** Titles of records before it, by the field that names them. */
  readonly names?: Readonly<Record<string, readonly string[]>>
}

/** Nothing where something is written down already. */
export async function loadOrganisation(records: Pick<Records, 'list' | 'add'>, who: Principal, now = new Date()): Promise<void> {
  if ((await records.list(who)).length > 0) return
  const ids = new Map<string, number>()
  for (const { kind, title, fields, shown = [], names = {} } of notesOf(now.getUTCFullYear())) {
    const named = Object.entries(names).map(([field, titles]) => [field, titles.flatMap((one) => ids.get(one) ?? [])])
    const made = await records.add(who, { kind, title, fields: { ...fields, ...Object.fromEntries(named) }, shown })
    ids.set(title, made.id)
  }
}

const measured = (title: string, fields: JsonObject): Note => ({
  kind: 'indicator',
  title,
  fields: { source: 'data', days: 30, responsible: 'Leitung des Hauptamts', confidence: 'measured', ...fields },
  shown: ['definition', 'unit', 'target'],
})

function notesOf(year: number): readonly Note[] {
  return [...indicators(year), ...decisions(year), ...useCases(year), ...money(year), ...people(year)]
}

function indicators(year: number): readonly Note[] {
  const due = `${year + 1}-12-31`
  return [
    measured('Radfahrende in der Stunde', { definition: 'Mittel aller Zählstellen über 30 Tage.', unit: '1/h', level: 'outcome', direction: 'up', dataset: 'radverkehr', attribute: 'bicyclesIn', figure: 'average', baseline: 20, target: 40, due, sdg: 11 }), // prettier-ignore
    measured('Freie Stellplätze', { definition: 'Mittel aller Parkflächen über 30 Tage: Wer gleich den freien findet, sucht nicht.', unit: 'Plätze', level: 'outcome', direction: 'up', dataset: 'parken', attribute: 'availableSpotNumber', figure: 'average', baseline: 30, target: 45, due, sdg: 11 }), // prettier-ignore
    measured('Stickstoffdioxid', { definition: 'Mittel aller Messstationen über 30 Tage.', unit: 'µg/m³', level: 'impact', direction: 'down', dataset: 'luftqualitaet', attribute: 'no2', figure: 'average', baseline: 30, target: 20, due, sdg: 3 }), // prettier-ignore
    { kind: 'indicator', title: 'Veröffentlichte Datensätze', fields: { definition: 'Datensätze, die alle nutzen können.', source: 'platform', platform: 'released', unit: 'Datensätze', level: 'output', direction: 'up', baseline: 0, target: 12, due, responsible: 'Leitung des Hauptamts', confidence: 'measured' }, shown: ['definition', 'unit', 'target'] }, // prettier-ignore
  ]
}

function decisions(year: number): readonly Note[] {
  return [
    { kind: 'decision', title: 'Die Datenplattform wird weitergeführt', fields: { occasion: 'Ende der Förderung', decision: 'Die Stadt betreibt die Plattform selbst weiter und wirbt um Nachbarkommunen.', body: 'Stadtrat', date: `${year - 1}-11-12`, number: `${year - 1}/117` } }, // prettier-ignore
  ]
}

const PUBLIC = ['reason', 'audience', 'purpose', 'outcome', 'impact', 'stage']

function useCases(year: number): readonly Note[] {
  return [
    {
      kind: 'use-case',
      title: 'Sicher und gern mit dem Rad',
      fields: { stage: 'regular', unit: 'Tiefbauamt', responsible: 'Sachgebiet Verkehrsplanung', reason: 'Niemand weiß, wo Radwege fehlen und ob neue genutzt werden.', what: 'Zählstellen, deren Werte jede Woche ausgewertet werden.', datasets: ['radverkehr', 'wetter'], suppliers: 'Tiefbauamt, Deutscher Wetterdienst', audience: ['Verkehrsplanung', 'Stadtrat'], purpose: 'Der Rat entscheidet über Radwege nach gezähltem Verkehr statt nach Zuruf.', until: `${year}-12-31`, specific: 'Drei Straßen, vier Zählstellen.', measurable: 'Radfahrende in der Stunde.', attractive: 'Weniger Stau vor den Schulen.', realistic: 'Zählstellen sind vorhanden.', timed: 'Bis zur Planung im Herbst.', inputs: ['Vier Zählstellen', '10 % einer Stelle'], outputs: ['Wochenbericht', 'Offene Daten'], outcome: 'Der Rat beschließt Radwege auf Grundlage der Zählung.', outcomeGroup: 'Stadtrat', impact: 'Mehr Wege werden mit dem Rad zurückgelegt.', impactGroup: 'Alle, die in der Stadt unterwegs sind', benefit: 4, effort: 2, visibility: 4, readiness: 5 }, // prettier-ignore
      names: { indicators: ['Radfahrende in der Stunde'], decisions: ['Die Datenplattform wird weitergeführt'] },
      shown: [...PUBLIC, 'indicators'],
    },
    {
      kind: 'use-case',
      title: 'Parken ohne Suchen',
      fields: { stage: 'pilot', unit: 'Ordnungsamt', responsible: 'Leitung des Ordnungsamts', reason: 'An Markttagen kreisen Autos auf der Suche durch die Altstadt.', what: 'Freie Plätze im Netz und auf den Tafeln.', datasets: ['parken'], suppliers: 'Stadtwerke', audience: ['Besucherinnen und Besucher'], purpose: 'Wer kommt, fährt gleich dorthin, wo Platz ist.', until: `${year + 1}-06-30`, measurable: 'Freie Stellplätze.', outputs: ['Karte', 'Schnittstelle für Navigationsdienste'], outcome: 'Weniger Suchverkehr an Markttagen.', outcomeGroup: 'Besucherinnen und Besucher', benefit: 3, effort: 2, visibility: 5, readiness: 4 }, // prettier-ignore
      names: { indicators: ['Freie Stellplätze'] },
      shown: [...PUBLIC, 'indicators'],
    },
    {
      kind: 'use-case',
      title: 'Gesunde Luft vor der Schule',
      fields: { stage: 'pilot', unit: 'Umweltamt', responsible: 'Leitung des Hauptamts', reason: 'Eltern fragen nach der Luft am Schulweg, und niemand kann antworten.', datasets: ['luftqualitaet', 'wetter'], audience: ['Eltern', 'Schulleitung'], purpose: 'Die Bring- und Holzone wird dort eingerichtet, wo die Luft es verlangt.', until: `${year + 1}-03-31`, outcome: 'Weniger Autos unmittelbar vor der Schule.', outcomeGroup: 'Eltern', impact: 'Weniger Stickstoffdioxid am Schulweg.', benefit: 4, effort: 3, visibility: 4, readiness: 3 }, // prettier-ignore
      names: { indicators: ['Stickstoffdioxid'] },
      shown: PUBLIC,
    },
    { kind: 'use-case', title: 'Bäume rechtzeitig gießen', fields: { stage: 'idea', unit: 'Bauhof', reason: 'Junge Bäume vertrocknen, während andere zu oft gegossen werden.', audience: ['Bauhof'], what: 'Gießliste nach Alter und Wetter.', datasets: ['baumkataster', 'wetter'], benefit: 3, effort: 2, visibility: 3, readiness: 4 } }, // prettier-ignore
    { kind: 'use-case', title: 'Ein Dashboard für die Stadtspitze', fields: { stage: 'idea', what: 'Ein Dashboard mit allen Daten.' } },
  ]
}

function money(year: number): readonly Note[] {
  const from = `${year - 1}-01-01`
  const cost = (title: string, fields: JsonObject): Note => ({ kind: 'cost', title, fields: { recurring: true, from, confidence: 'estimated', ...fields } }) // prettier-ignore
  return [
    cost('Betreuung der Plattform, halbe Stelle', { amount: 41_500_00, type: 'staff', position: 'operation', source: 'Stellenplan', driver: 'Zahl der Quellen' }), // prettier-ignore
    cost('Server im Rechenzentrum', { amount: 2_160_00, type: 'infrastructure', position: 'operation', source: 'Angebot des Rechenzentrums', confidence: 'measured' }), // prettier-ignore
    cost('Wartung der Sensorik', { amount: 6_800_00, type: 'sensors', position: 'maintenance', variable: true, driver: 'Zahl der Zählstellen', source: 'Rahmenvertrag' }), // prettier-ignore
    { kind: 'cost', title: 'Zwei weitere Zählstellen', fields: { amount: 9_200_00, type: 'sensors', position: 'development', from: `${year + 1}-04-01`, source: 'Angebot' } }, // prettier-ignore
    { kind: 'funding', title: 'Förderprogramm Smarte Region', fields: { yearly: 38_000_00, type: 'grant', programme: 'Smarte Region', reference: 'Bescheid 4711', from, until: `${year + 1}-06-30`, binding: `${year + 4}-12-31`, decision: `${year + 1}-03-31` } }, // prettier-ignore
    { kind: 'funding', title: 'Haushalt, Produkt 1.11.06', fields: { yearly: 16_000_00, type: 'budget', programme: '1.11.06', from } },
  ]
}

function people(year: number): readonly Note[] {
  const role = (task: string, title: string, fields: JsonObject): Note => ({ kind: 'role', title, fields: { task, ...fields } })
  return [
    role('continuity', 'Verstetigung', {
      person: 'Leitung des Hauptamts',
      unit: 'Hauptamt',
      deputy: 'Sachgebiet Verkehrsplanung',
      share: 10,
    }),
    role('strategy', 'Strategie', { person: 'Leitung des Hauptamts', unit: 'Hauptamt', deputy: 'Leitung des Ordnungsamts', share: 10 }),
    role('stakeholders', 'Stakeholder und Community', { person: 'Leitung des Ordnungsamts', unit: 'Ordnungsamt', share: 5 }),
    role('requirements', 'Anforderungen und Design', {
      person: 'Sachgebiet Verkehrsplanung',
      unit: 'Tiefbauamt',
      deputy: 'Leitung des Hauptamts',
      share: 5,
    }),
    role('development', 'Entwicklung', {
      person: 'Rechenzentrum',
      partner: 'Kommunales Rechenzentrum',
      deputy: 'Rechenzentrum',
      share: 20,
    }),
    { kind: 'operation', title: 'Betrieb mit dem Rechenzentrum', fields: { form: 'provider', operator: 'Kommunales Rechenzentrum', solution: 'Allmende', contract: 'Dienstleistungsvertrag', contractUntil: `${year + 2}-12-31`, notice: `${year + 2}-06-30` } }, // prettier-ignore
    { kind: 'milestone', title: 'Haushalt für das Jahr nach der Förderung anmelden', fields: { due: `${year + 1}-03-31`, responsible: 'Leitung des Hauptamts' } }, // prettier-ignore
    { kind: 'milestone', title: 'Nachbarkommunen einladen', fields: { due: `${year + 1}-05-31`, responsible: 'Leitung des Hauptamts' } },
  ]
}
