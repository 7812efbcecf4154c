/** Which exit code a fault means. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadSettings, exitCodeOf } from '../../../src/cli/exit.ts'
import { Problem } from '../../../src/problem.ts'

test('exit: the code tells wrong use from an unreachable source from a failure', () => {
  assert.deepEqual(
    [
      new BadSettings(),
      new Problem('invalid-query', 'x'),
      new Problem('unavailable', 'x'),
      new Problem('not-found', 'x'),
      new Error('x'),
    ].map(exitCodeOf),
    [2, 2, 4, 1, 1],
  )
})
