/** Backups under fire: killed at any moment, and on a disk that is full. What was there before stays good, and the next attempt succeeds. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { filesBelow } from '../support/files.ts'
import { dataFolder, runCommand, type Environment } from '../support/process.ts'

const ENGLISH = { LANG: 'en_GB.UTF-8', ALLMENDE_BACKUP_PASSPHRASE: 'A sentence that nobody guesses.' }

/** A command that is killed after `when` resolves; what it started goes with it. */
async function killed(
  words: readonly string[],
  environment: Environment,
  when: (over: () => boolean) => Promise<unknown>,
): Promise<boolean> {
  const child = spawn(process.execPath, ['src/cli.ts', ...words], {
    env: { PATH: process.env['PATH'] ?? '', ALLMENDE_LOG: 'silent', ALLMENDE_MQTT_PORT: '', ...environment },
    stdio: 'ignore',
  })
  const ended = new Promise((done) => child.once('exit', done))
  await Promise.race([when(() => child.exitCode !== null), ended])
  const early = child.exitCode === null
  child.kill('SIGKILL')
  await ended
  return early
}

async function good(environment: Environment): Promise<void> {
  const checked = await runCommand(['backup', 'check'], environment)
  assert.equal(checked.code, 0, checked.err)
  assert.match(checked.err, /is good: \d{4,} rows/)
}

let own: { after(done: () => void): void }
let environment: Environment

before(async (t) => {
  own = t as unknown as typeof own
  environment = { ...ENGLISH, ALLMENDE_DATA: dataFolder(own), ALLMENDE_BACKUP: dataFolder(own) }
  const loaded = await runCommand(['demo', '--days', '40'], environment)
  assert.equal(loaded.code, 0, loaded.err)
})

test('faults: a backup killed in the middle is none, what it wrote is used by the next, and that is good', async () => {
  const place = environment['ALLMENDE_BACKUP'] ?? ''
  for (const pieces of [1, 5, 12]) {
    await killed(['backup'], environment, async (over) => {
      while (!over() && filesBelow(join(place, 'pieces'), '').length < pieces) await wait(1)
    })
    assert.match((await runCommand(['backup', 'list'], environment)).out, /^Name[^\n]*\n$|^Name/)
    assert.equal(filesBelow(join(place, 'backups'), '').length, 0)
  }
  const made = await runCommand(['backup'], environment)
  assert.equal(made.code, 0, made.err)
  await good(environment)
})

test('faults: a restore killed at any moment leaves nothing half, and the next one is whole', async (t) => {
  const folder = dataFolder(t)
  const into = { ...environment, ALLMENDE_DATA: folder }
  let early = 0
  for (const ms of [1200, 1600, 2000, 2400]) early += (await killed(['restore'], into, () => wait(ms))) ? 1 : 0
  assert.ok(early > 0, 'at least one was killed before it had ended')
  const restored = await runCommand(['restore'], into)
  assert.ok(restored.code === 0 || restored.err.includes('already'), restored.err)
  const [was, is] = [await runCommand(['export', 'luft'], environment), await runCommand(['export', 'luft'], into)]
  assert.equal(is.code, was.code)
  assert.ok(is.out === was.out)
})

/** A small disk of its own; undefined where this system does not let us. */
function smallDisk(t: { after(done: () => void): void }, size: string): string | undefined {
  const place = mkdtempSync(join(tmpdir(), 'allmende-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'none', place]).status === 0
  t.after(() => {
    if (mounted) spawnSync('umount', ['-l', place])
    rmSync(place, { recursive: true, force: true })
  })
  return mounted ? place : undefined
}

test('faults: a full disk ends a backup with a clear word, leaves no half file, and the one before stays good', async (t) => {
  const disk = smallDisk(t, '1m')
  if (disk === undefined) return t.skip('needs the right to mount')
  const onDisk = { ...environment, ALLMENDE_BACKUP: disk }
  const filler = spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=1k', 'count=900'])
  assert.equal(filler.status, 0)
  const failed = await runCommand(['backup'], onDisk)
  assert.equal(failed.code, 4)
  assert.match(failed.err, /The backup folder .* refuses: the disk is full\./)
  assert.deepEqual(filesBelow(disk, '.half').concat(existsSync(join(disk, 'backups')) ? filesBelow(join(disk, 'backups'), '') : []), [])
  rmSync(join(disk, 'filler'))
  const made = await runCommand(['backup'], onDisk)
  assert.equal(made.code, 0, made.err)
  await good(onDisk)
})

test('faults: a disk that fills up while restoring is named, and the backup stays as it is', async (t) => {
  const disk = smallDisk(t, '46m')
  if (disk === undefined) return t.skip('needs the right to mount')
  assert.equal((await runCommand(['backup'], environment)).code, 0)
  const failed = await runCommand(['restore'], { ...environment, ALLMENDE_DATA: disk })
  assert.notEqual(failed.code, 0)
  assert.match(failed.err, /disk|space|erreicht|reached|start/)
  assert.doesNotMatch(failed.err, /\n {4}at /)
  await good(environment)
})
