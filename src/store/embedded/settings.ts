/** settings: how the built-in PostgreSQL is tuned. Durability is never traded: fsync and synchronous_commit stay on. */
import { totalmem } from 'node:os'

const MB = 1024 * 1024

/** An eighth of the memory, between 128 MB and 1 GB: the platform and the file cache live on the same machine. */
function sharedBuffers(memory: number): number {
  return Math.round(Math.min(1024, Math.max(128, memory / MB / 8)))
}

export function settingsFor(socket: string, memory = totalmem()): Readonly<Record<string, string>> {
  return {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    shared_buffers: `${sharedBuffers(memory)}MB`,
    effective_cache_size: `${Math.round(memory / MB / 2)}MB`,
    maintenance_work_mem: '128MB',
    work_mem: '16MB',
    max_connections: '100',
    wal_compression: 'on',
    wal_buffers: '16MB',
    min_wal_size: '512MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    random_page_cost: '1.1',
    effective_io_concurrency: '64',
    autovacuum_vacuum_insert_scale_factor: '0.05',
    // a plan made before the first statistics sorts what an index has in order: they must come soon after a load
    autovacuum_naptime: '10s',
    autovacuum_analyze_scale_factor: '0.02',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, dmy',
    // errors of single statements may quote personal data and are answered to whoever caused them
    log_min_messages: 'log',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  }
}
