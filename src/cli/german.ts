/** german: what the library of commands says of its own, in German. It knows English alone and offers no table to fill in. */

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Aufruf:',
  'Options:': 'Optionen:',
  'Commands:': 'Befehle:',
  'Arguments:': 'Angaben:',
}

const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'/, 'Den Befehl „$1“ gibt es nicht.'],
  [/^error: unknown option '(.*)'/, 'Die Option „$1“ gibt es nicht.'],
  [/^error: missing required argument '(.*)'/, 'Es fehlt die Angabe „$1“.'],
  [/^error: required option '(.*)' not specified/, 'Es fehlt die Option „$1“.'],
  [/^error: option '(.*)' argument missing/, 'Der Option „$1“ fehlt ihr Wert.'],
  [/^error: option '(.*)' argument '(.*)' is invalid\.\s*(.*)/, 'Der Wert „$2“ der Option „$1“ ist nicht gültig. $3'],
  [/^error: command-argument value '(.*)' is invalid for argument '(.*)'\.\s*(.*)/, 'Der Wert „$1“ der Angabe „$2“ ist nicht gültig. $3'],
  [
    /^error: too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+).*/,
    'Zu viele Angaben für „$1“: erwartet werden $2, da stehen $3.',
  ],
  [/^error: too many arguments\. Expected (\d+) arguments? but got (\d+).*/, 'Zu viele Angaben: erwartet werden $1, da stehen $2.'],
  [/\(Did you mean one of (.*)\?\)/, '(Ist eines von $1 gemeint?)'],
  [/\(Did you mean (.*)\?\)/, '(Ist $1 gemeint?)'],
]

export function titleInGerman(title: string): string {
  return TITLES[title] ?? title
}

export function inGerman(text: string): string {
  return SENTENCES.reduce((said, [english, german]) => said.replace(english, german), text)
}
