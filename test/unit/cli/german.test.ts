import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command, InvalidArgumentError } from 'commander'
import { inGerman, titleInGerman } from '../../../src/cli/german.ts'

/** What the library says when it is called so. */
function saidTo(...args: string[]): string {
  let said = ''
  const root = new Command('stadt').exitOverride()
  root
    .command('laden <datei>')
    .option('--anzahl <n>', 'wie viele', (text) => {
      if (/^\d+$/.test(text)) return Number(text)
      throw new InvalidArgumentError('')
    })
    .requiredOption('--ziel <ziel>', 'wohin')
    .allowExcessArguments(false)
    .exitOverride()
    .action(() => undefined)
  for (const command of [root, ...root.commands]) command.configureOutput({ writeErr: (text) => (said += inGerman(text)) })
  assert.throws(() => root.parse(args, { from: 'user' }))
  return said.trim()
}

const CASES: readonly (readonly [readonly string[], string])[] = [
  [['ladn'], 'Den Befehl „ladn“ gibt es nicht.\n(Ist laden gemeint?)'],
  [['laden', 'x', '--ziel', 'a', '--zeil'], 'Die Option „--zeil“ gibt es nicht.\n(Ist --ziel gemeint?)'],
  [['laden', '--ziel', 'a'], 'Es fehlt die Angabe „datei“.'],
  [['laden', 'x'], 'Es fehlt die Option „--ziel <ziel>“.'],
  [['laden', 'x', '--ziel'], 'Der Option „--ziel <ziel>“ fehlt ihr Wert.'],
  [['laden', 'x', '--anzahl', 'viele'], 'Der Wert „viele“ der Option „--anzahl <n>“ ist nicht gültig.'],
  [['laden', 'x', 'y', '--ziel', 'a'], 'Zu viele Angaben für „laden“: erwartet werden 1, da stehen 2.'],
]

for (const [args, german] of CASES) test(`commands: ${args.join(' ')}`, () => assert.equal(saidTo(...args), german))

test('titles of the help', () => assert.deepEqual(['Usage:', 'Else:'].map(titleInGerman), ['Aufruf:', 'Else:']))
