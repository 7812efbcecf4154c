/** session: who is signed in, in which town; asked once and again after signing in or out. */
import { createContext, use, useCallback, useMemo, type ReactNode } from 'react'
import { call } from './api.ts'
import { forget, useResource, type Resource } from './resource.ts'
import type { Session } from './wire.ts'

interface Signed {
  readonly session: Session | undefined
  readonly resource: Resource<Session>
  /** After signing in or out everything known may be wrong. */
  readonly renew: () => void
  readonly signOut: () => Promise<void>
}

const NOBODY: Resource<Session> = { state: 'loading', reload: () => undefined }
const Who = createContext<Signed>({ session: undefined, resource: NOBODY, renew: () => undefined, signOut: () => Promise.resolve() })

export function Signing({ children }: { readonly children: ReactNode }) {
  const resource = useResource<Session>('/session')
  const { reload } = resource
  const renew = useCallback(() => {
    forget()
    reload()
  }, [reload])
  const signOut = useCallback(async () => {
    await call('/session', { method: 'DELETE' })
    renew()
  }, [renew])
  const signed = useMemo(
    () => ({ session: resource.state === 'ready' ? resource.data : undefined, resource, renew, signOut }),
    [resource, renew, signOut],
  )
  return <Who value={signed}>{children}</Who>
}

export const useSession = (): Signed => use(Who)
