/** expression-fault: what JSONata says is wrong with an expression, in German and English. Its own sentences are English, with a code. */

export interface ExpressionFault {
  readonly de: string
  readonly en: string
}

/** By the code of the library; {{…}} are parts of the error. What is not here is rare, and stays English. */
const GERMAN: Readonly<Record<string, string>> = {
  S0101: 'Ein Text in Anführungszeichen wird nicht beendet.',
  S0102: 'Die Zahl {{token}} ist zu groß.',
  S0103: 'Die Folge \\{{token}} ist unbekannt.',
  S0105: 'Ein Name in Gravis-Zeichen (`) wird nicht beendet.',
  S0106: 'Ein Kommentar wird nicht beendet.',
  S0201: 'Hier passt „{{token}}“ nicht.',
  S0202: 'Erwartet wird „{{value}}“, da steht „{{token}}“.',
  S0203: 'Am Ende fehlt „{{value}}“.',
  S0204: '„{{token}}“ ist kein Operator.',
  S0207: 'Der Ausdruck hört zu früh auf.',
  S0211: 'Vor „{{token}}“ fehlt etwas.',
  S0212: 'Links von := steht eine Variable, die mit $ beginnt.',
  S0301: 'Ein regulärer Ausdruck darf nicht leer sein.',
  S0302: 'Einem regulären Ausdruck fehlt der Schrägstrich am Ende.',
  T0410: 'Die Angabe {{index}} der Funktion „{{token}}“ ist von der falschen Art.',
  T0411: 'Der Wert, auf den „{{token}}“ angewandt wird, ist von der falschen Art.',
  T0412: 'Die Angabe {{index}} der Funktion „{{token}}“ muss eine Liste sein.',
  D1001: 'Die Zahl {{value}} ist zu groß.',
  D1002: 'Was keine Zahl ist, hat kein Minus davor: {{value}}.',
  T1003: 'Der Name eines Feldes muss ein Text sein, da steht: {{value}}.',
  T1005: 'Das ist keine Funktion. Ist „${{token}}“ gemeint?',
  T1006: 'Das ist keine Funktion.',
  D1009: 'Das Feld „{{value}}“ kommt zweimal vor.',
  D1011: 'Der Ausdruck ruft sich ohne Ende selbst auf.',
  D1012: 'Der Ausdruck rechnet länger als {{value}} Millisekunden.',
  T2001: 'Links von „{{token}}“ steht keine Zahl.',
  T2002: 'Rechts von „{{token}}“ steht keine Zahl.',
  T2009: '{{value}} und {{value2}} sind von verschiedener Art und mit „{{token}}“ nicht vergleichbar.',
  T2010: 'Mit „{{token}}“ lassen sich nur Zahlen und Texte vergleichen.',
  D2014: 'Die Folge wird zu lang: {{value}}.',
  D2015: 'Die Folge wird länger als {{value}}.',
  D3010: 'Die zweite Angabe von „replace“ darf nicht leer sein.',
  D3030: '„{{value}}“ ist keine Zahl.',
  D3060: 'Aus {{value}} gibt es keine Wurzel.',
}

export function faultOf(error: unknown): ExpressionFault {
  const parts = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>
  const en = typeof parts['message'] === 'string' ? parts['message'] : ''
  const german = GERMAN[typeof parts['code'] === 'string' ? parts['code'] : '']
  return { en, de: german?.replaceAll(/\{\{(\w+)\}\}/g, (_, part: string) => shown(parts[part])) ?? en }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '?').slice(0, 100)
}
