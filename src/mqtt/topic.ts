/** topic: what is the same in the topics of every standard: the tenant before it, and errors behind it. */

/** Longer ones say nothing that a shorter one could not. */
export const LONGEST = 4000
const ERRORS = '/errors'
export const REPLIES = 'replies/'

export interface TenantTopic {
  /** Undefined: the one the session is at home in. */
  readonly tenant: string | undefined
  readonly rest: string
}

/** `t/nord/v1.1/Things` is `v1.1/Things` of the tenant “nord”. */
export function tenantTopicOf(topic: string): TenantTopic {
  const [, tenant, rest] = /^t\/([^/]+)\/(.*)$/s.exec(topic) ?? []
  return tenant === undefined || rest === undefined ? { tenant: undefined, rest: topic } : { tenant, rest }
}

/** Where the errors of what is published there are told, to its publisher alone. */
export const errorsOf = (topic: string): string => topic + ERRORS

/** Where a client hears what is said to it alone: errors, and answers to what it has asked (a response topic of MQTT 5). */
export const isAnswers = (topic: string): boolean => topic.endsWith(ERRORS) || topic.startsWith(REPLIES)
