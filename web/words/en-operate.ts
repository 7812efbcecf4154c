/** en-operate: the words for whoever keeps the platform running, in English. */
import type { deOperate } from './de-operate.ts'

export const enOperate: typeof deOperate = {
  title: 'Health',
  lead: 'How the platform is, since when, and what to do.',
  all: { well: 'All is well', watch: 'Something needs attention', bad: 'Somebody has to act' },
  allBody: 'This page looks again every minute by itself.',
  states: { well: 'Well', watch: 'Watch', bad: 'Act' },
  state: 'State',
  about: 'What',
  said: 'Finding',
  since: 'When',
  act: 'What to do',
  nothing: 'Nothing',
  abouts: {
    disk: 'Disk space',
    backup: 'Backup',
    proof: 'Proof of the backup',
    retention: 'Retention',
    sources: 'Sources',
    runs: 'Runs',
    outbox: 'Notifications',
  },
}
