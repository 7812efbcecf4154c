/** addresses: where MQTT is spoken, as clients are told. */
import type { Config } from '../config.ts'

/** Below the public address, which a proxy may answer; ports are this machine’s own, so a chosen one is not told. */
export function addressesOf({ url, mqttPort, mqttTls }: Pick<Config, 'url' | 'mqttPort' | 'mqttTls'>): readonly string[] {
  const { host, hostname, protocol } = new URL(url)
  return [
    ...(mqttTls?.port ? [`mqtts://${hostname}:${mqttTls.port}`] : []),
    ...(mqttPort ? [`mqtt://${hostname}:${mqttPort}`] : []),
    `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/mqtt`,
  ]
}
