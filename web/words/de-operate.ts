/** de-operate: the words for whoever keeps the platform running, in German. */
export const deOperate = {
  title: 'Zustand',
  lead: 'Wie es der Plattform geht, seit wann, und was zu tun ist.',
  all: { well: 'Alles in Ordnung', watch: 'Etwas braucht Aufmerksamkeit', bad: 'Hier muss jemand handeln' },
  allBody: 'Diese Seite sieht jede Minute von selbst nach.',
  states: { well: 'In Ordnung', watch: 'Beobachten', bad: 'Handeln' },
  state: 'Stand',
  about: 'Was',
  said: 'Befund',
  since: 'Zeitpunkt',
  act: 'Was zu tun ist',
  nothing: 'Nichts',
  abouts: {
    disk: 'Speicherplatz',
    backup: 'Sicherung',
    proof: 'Probe der Sicherung',
    retention: 'Aufbewahrung',
    sources: 'Quellen',
    runs: 'Läufe',
    outbox: 'Benachrichtigungen',
  },
}
