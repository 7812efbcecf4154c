/** metadata: the data model in the Common Schema Definition Language (OData CSDL JSON 4.01), made of the tables that everything works by. */
import type { EntityType, Property } from '../version.ts'
import { V2 } from './names.ts'

const SPACE = 'org.OGC.STA'

export function metadata(): object {
  const types = Object.values(V2.types)
  return {
    $Version: '4.01',
    $EntityContainer: `${SPACE}.SensorThingsV2`,
    [SPACE]: {
      ...Object.fromEntries(types.map((type) => [type.one, entityType(type)])),
      Object: { $Kind: 'ComplexType', $OpenType: true },
      TM_Period: { $Kind: 'ComplexType', start: moment, end: moment },
      TM_Object: { $Kind: 'ComplexType', start: moment, end: { ...moment, $Nullable: true } },
      SensorThingsV2: { $Kind: 'EntityContainer', ...Object.fromEntries(types.map((type) => [type.set, entitySet(type)])) },
    },
  }
}

const moment = { $Type: 'Edm.DateTimeOffset' }

function entityType(type: EntityType): object {
  const own = Object.entries(type.properties).filter(([name]) => name !== 'id')
  return {
    $Kind: 'EntityType',
    $Key: ['id'],
    id: { $Type: 'Edm.Int64' },
    ...Object.fromEntries(own.map(([name, property]) => [name, propertyType(type, name, property)])),
    ...Object.fromEntries(Object.values(type.navigation).map((by) => [by.name, navigationType(type, by)])),
  }
}

function propertyType(type: EntityType, name: string, property: Property): object {
  const nullable = type.required.includes(name) ? {} : { $Nullable: true }
  if (name === 'observedArea') return { $Type: 'Edm.Geometry', $SRID: 4326, ...nullable }
  if (name === 'result' || name === 'metadata' || property.is === 'shape') return { $Type: 'Edm.Untyped', ...nullable }
  if (name === 'phenomenonTime' && type.set === 'Observations') return { $Type: `${SPACE}.TM_Object`, ...nullable }
  if (property.is === 'interval') return { $Type: `${SPACE}.TM_Period`, ...nullable }
  if (property.is === 'time') return { ...moment, ...nullable }
  if (property.is === 'plain' || name === 'definition') return nullable
  return { $Type: `${SPACE}.Object`, ...nullable }
}

function navigationType(type: EntityType, { type: to, many, back, through }: EntityType['navigation'][string]): object {
  const partner = Object.values(to.navigation).find((one) => one.type === type && one.through === back && one.back === through)
  return {
    $Kind: 'NavigationProperty',
    ...(many && { $Collection: true }),
    ...(partner && { $Partner: partner.name }),
    $Type: `${SPACE}.${to.one}`,
    ...((many || through === 'feature') && { $Nullable: true }),
  }
}

function entitySet(type: EntityType): object {
  const bindings = Object.values(type.navigation).map(({ name, to }) => [name, to])
  return { $Collection: true, $Type: `${SPACE}.${type.one}`, $NavigationPropertyBinding: Object.fromEntries(bindings) }
}
