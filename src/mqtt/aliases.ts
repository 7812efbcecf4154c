/** aliases: numbers that a client of MQTT 5 has given to topics (clause 3.3.2.3.4). */

/** So many may be in use; said in CONNACK. */
export const MOST_ALIASES = 100

export class Aliases {
  private readonly topics = new Map<number, string>()

  /** The topic of a message; undefined where the number is none, or nothing has been said of it. */
  topicOf(topic: string, alias: number | undefined): string | undefined {
    if (alias === undefined) return topic
    if (alias < 1 || alias > MOST_ALIASES) return undefined
    if (topic !== '') this.topics.set(alias, topic)
    return this.topics.get(alias)
  }
}
