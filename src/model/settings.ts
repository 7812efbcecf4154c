/** Settings: what a tenant decides about the data that are written to it. */
export interface Settings {
  /** A result must be of the observation type of its series; otherwise it is refused. */
  readonly checkResults: boolean
  /** Whoever makes something may give its id. */
  readonly clientIds: boolean
}

export const USUAL: Settings = { checkResults: true, clientIds: false }

/** Ids that clients may give lie below; those that are made here lie above as soon as a tenant lets its clients give them. */
export const GIVEN_BELOW = { entity: 2 ** 40, series: 2 ** 30 } as const
