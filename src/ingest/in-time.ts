/** in-time: work that someone waits for, ended when it takes too long. */
import { Problem } from '../problem.ts'

/** Throws `unavailable` when the time is over before the work is; the signal tells the work. */
export async function inTime<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(milliseconds)
  try {
    return await work(signal)
  } catch (error) {
    if (!signal.aborted || error instanceof Problem) throw error
    const seconds = Math.round(milliseconds / 1000)
    throw new Problem('unavailable', {
      de: `Die Quelle hat innerhalb von ${seconds} Sekunden nicht genug geliefert. Bitte versuchen Sie es später noch einmal.`,
      en: `The source did not deliver enough within ${seconds} seconds. Please try again later.`,
    })
  }
}
