/** roles: bundles of rights under a name that people use, as one table. */
import { VERBS, type Verb } from './verbs.ts'

/** What is done for the whole tenant, beside its data. platform: tenants, and what all of them share. */
export type Duty = 'platform' | 'people' | 'settings' | 'datasets' | 'sustain'

export interface Role {
  readonly verbs: readonly Verb[]
  readonly duties: readonly Duty[]
  /** Whether it can be held for one dataset, or for the whole tenant alone. */
  readonly onDataset: boolean
}

export const ROLES = {
  /** Keeps the platform running for all tenants; sees no data for it. */
  operator: { verbs: [], duties: ['platform'], onDataset: false },
  /** Everything in a tenant. */
  administrator: { verbs: VERBS, duties: ['people', 'settings', 'datasets', 'sustain'], onDataset: false },
  /** Keeps the platform alive: use cases, money, people; sees no data for it. */
  coordinator: { verbs: [], duties: ['sustain'], onDataset: false },
  /** How data are modelled and connected; not who sees them. */
  architect: { verbs: ['read', 'read-metadata', 'append', 'change', 'manage'], duties: ['datasets'], onDataset: false },
  /** Keeps the data right, day by day. */
  steward: { verbs: ['read', 'read-metadata', 'append', 'change', 'delete'], duties: [], onDataset: true },
  /** Answers for a dataset: its card, its sources, who else may work with it. */
  owner: { verbs: ['read', 'read-metadata', 'append', 'change', 'delete', 'manage'], duties: [], onDataset: true },
  /** Decides whether it is seen. */
  gatekeeper: { verbs: ['read', 'read-metadata', 'release'], duties: [], onDataset: true },
  consumer: { verbs: ['read', 'read-metadata'], duties: [], onDataset: true },
} as const satisfies Readonly<Record<string, Role>>

export type RoleName = keyof typeof ROLES

export function isRole(name: string): name is RoleName {
  return Object.hasOwn(ROLES, name)
}

/** The roles that bring a right with them. */
export function rolesWith(verb: Verb): readonly RoleName[] {
  return Object.keys(ROLES).filter((name): name is RoleName => isRole(name) && (ROLES[name].verbs as readonly Verb[]).includes(verb))
}
