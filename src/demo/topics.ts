/** topics: what is measured in Wiesenbrück: air, weather, bicycles, parking; and the trees, which stand still. */
import { skyAt, trafficAt, type Hour } from './calendar.ts'
import { bell, chance, drift, rounded } from './chance.ts'
import { at, contact, iriOf, sometimes, TOWN, type Measure, type Thing, type Topic } from './town.ts'

const property = (name: string): string => `https://wiesenbrueck.example/def/${name}`

function measure(attribute: string, name: string, unit: string, value: Measure['value']): Measure {
  return { attribute, name, unit, definition: property(attribute), value }
}

const AIR: readonly (readonly [key: string, name: string, east: number, north: number, traffic: number])[] = [
  ['markt', 'Marktplatz', 0, 0, 0.6],
  ['bahnhof', 'Bahnhofstraße', 640, -380, 1],
  ['schule', 'Grundschule Süd', -420, -1150, 0.35],
  ['park', 'Wiesenpark', -980, 620, 0.12],
]

function airStation([key, name, east, north, share]: (typeof AIR)[number]): Thing {
  const stale = (hour: Hour): number => Math.max(0.35, 1.5 - skyAt(hour).wind / 5) * (1 - 0.4 * Math.min(1, skyAt(hour).rain))
  const own = (what: string, hour: Hour): number =>
    1 + 0.16 * drift(`${key} ${what}`, hour.hours, 5) + 0.1 * (chance(`${key} ${what}`, hour.hours) - 0.5)
  const heating = (hour: Hour): number => Math.max(0, 12 - skyAt(hour).temperature) * (0.4 + bell(hour.clock, 20, 4, 24))
  const value = (what: string, of: (hour: Hour) => number) => (hour: Hour) =>
    sometimes(`${key} ${what}`, hour.hours, 0.004, rounded(Math.max(0.5, of(hour) * own(what, hour)), 1))
  return {
    iri: iriOf('AirQualityObserved', key),
    type: 'AirQualityObserved',
    name,
    geometry: at(east, north),
    measures: [
      measure(
        'no2',
        'Stickstoffdioxid',
        'µg/m³',
        value('no2', (hour) => (7 + 42 * share * trafficAt(hour) + 0.6 * heating(hour)) * stale(hour)),
      ),
      measure(
        'pm10',
        'Feinstaub PM10',
        'µg/m³',
        value('pm10', (hour) => (11 + 12 * share * trafficAt(hour) + 0.9 * heating(hour)) * stale(hour)),
      ),
      measure(
        'pm25',
        'Feinstaub PM2,5',
        'µg/m³',
        value('pm25', (hour) => (7 + 5 * share * trafficAt(hour) + 0.7 * heating(hour)) * stale(hour)),
      ),
      measure(
        'o3',
        'Ozon',
        'µg/m³',
        value('o3', (hour) => 34 + 0.09 * skyAt(hour).sun + 0.8 * skyAt(hour).temperature - 16 * share * trafficAt(hour)),
      ),
    ],
  }
}

const WEATHER = [
  ['rathaus', 'Rathausdach', 60, 40],
  ['klaerwerk', 'Klärwerk', 1900, -900],
] as const

function weatherStation([key, name, east, north]: (typeof WEATHER)[number]): Thing {
  const warmer = key === 'rathaus' ? 0.9 : 0
  const value = (what: string, digits: number, of: (hour: Hour) => number) => (hour: Hour) =>
    sometimes(`${key} weather`, hour.hours, 0.002, rounded(of(hour) + 0.2 * (chance(`${key} ${what}`, hour.hours) - 0.5), digits))
  return {
    iri: iriOf('WeatherObserved', key),
    type: 'WeatherObserved',
    name: `Wetterstation ${name}`,
    geometry: at(east, north),
    measures: [
      measure(
        'temperature',
        'Lufttemperatur',
        '°C',
        value('t', 1, (hour) => skyAt(hour).temperature + warmer),
      ),
      measure(
        'relativeHumidity',
        'Relative Luftfeuchte',
        '%',
        value('rh', 0, (hour) => skyAt(hour).humidity),
      ),
      measure('precipitation', 'Niederschlag', 'mm', (hour) => rounded(skyAt(hour).rain, 1)),
      measure(
        'windSpeed',
        'Windgeschwindigkeit',
        'm/s',
        value('w', 1, (hour) => skyAt(hour).wind),
      ),
      measure(
        'atmosphericPressure',
        'Luftdruck',
        'hPa',
        value('p', 1, (hour) => skyAt(hour).pressure),
      ),
      measure('solarRadiation', 'Globalstrahlung', 'W/m²', (hour) => rounded(skyAt(hour).sun, 0)),
    ],
  }
}

const COUNTERS = [
  ['wiesenbruecke', 'Wiesenbrücke', -180, 240, 210],
  ['bahnhofsweg', 'Radweg am Bahnhof', 700, -420, 150],
  ['schulweg', 'Schulweg Süd', -400, -1080, 120],
  ['uferweg', 'Uferweg', -900, 300, 90],
  ['gewerbe', 'Gewerbestraße', 1500, -300, 60],
] as const

function bicycleCounter([key, name, east, north, peak]: (typeof COUNTERS)[number]): Thing {
  const count = (direction: string, morning: number) => (hour: Hour) => {
    const sky = skyAt(hour)
    const mood = Math.max(0.15, 0.45 + 0.03 * sky.temperature) * (1 - 0.65 * Math.min(1, sky.rain))
    const commute = hour.weekend
      ? 0.55 * bell(hour.clock, 14.5, 4, 24)
      : morning * bell(hour.clock, 7.4, 1.2, 24) + (1.3 - morning) * bell(hour.clock, 16.9, 2, 24)
    const mean = peak * mood * (commute + 0.16 * bell(hour.clock, 13, 5, 24))
    return Math.round(mean * (0.85 + 0.3 * chance(`${key} ${direction}`, hour.hours)))
  }
  return {
    iri: iriOf('BicycleCounter', key),
    type: 'BicycleCounter',
    name: `Zählstelle ${name}`,
    geometry: at(east, north),
    measures: [
      measure('bicyclesIn', 'Räder stadteinwärts', 'Räder/h', count('in', 1)),
      measure('bicyclesOut', 'Räder stadtauswärts', 'Räder/h', count('out', 0.3)),
    ],
  }
}

const CAR_PARKS = [
  ['markt', 'Tiefgarage Markt', 40, -60, 240],
  ['bahnhof', 'Parkhaus Bahnhof', 690, -340, 380],
  ['klinik', 'Parkplatz Klinik', -1200, -500, 160],
  ['bad', 'Parkplatz Freibad', -1400, 900, 220],
] as const

function carPark([key, name, east, north, capacity]: (typeof CAR_PARKS)[number]): Thing {
  const share = (hour: Hour): number => {
    if (key === 'bad') return Math.max(0, (skyAt(hour).temperature - 16) / 16) * bell(hour.clock, 15, 3.4, 24)
    const shop = bell(hour.clock, 12.5, 4.5, 24)
    return key === 'bahnhof' && hour.weekend
      ? 0.35 * shop
      : (0.12 + (hour.weekend ? 0.6 : 0.82) * shop) * (1 + 0.1 * drift(`${key} park`, hour.hours, 30))
  }
  const taken = (hour: Hour): number =>
    Math.min(capacity, Math.max(0, Math.round(capacity * share(hour) + 6 * (chance(`${key} park`, hour.hours) - 0.5))))
  return {
    iri: iriOf('OffStreetParking', key),
    type: 'OffStreetParking',
    name,
    geometry: at(east, north),
    attributes: { totalSpotNumber: capacity },
    measures: [
      measure('occupiedSpotNumber', 'Belegte Plätze', 'Plätze', taken),
      measure('availableSpotNumber', 'Freie Plätze', 'Plätze', (hour) => capacity - taken(hour)),
    ],
  }
}

const SPECIES = [
  ['Tilia cordata', 'Winter-Linde'],
  ['Acer platanoides', 'Spitz-Ahorn'],
  ['Quercus robur', 'Stiel-Eiche'],
  ['Aesculus hippocastanum', 'Rosskastanie'],
  ['Platanus × hispanica', 'Platane'],
  ['Carpinus betulus', 'Hainbuche'],
  ['Prunus avium', 'Vogel-Kirsche'],
  ['Betula pendula', 'Hänge-Birke'],
] as const
const TREES = 1200

function tree(number: number): Thing {
  const street = Math.floor(chance('street', number) * 24)
  const along = (chance('along', number) - 0.5) * 2400
  const across = (street - 12) * 170 + (chance('across', number) - 0.5) * 14
  const [latin, german] = SPECIES[Math.floor(chance('species', number) ** 1.6 * SPECIES.length)] ?? SPECIES[0]
  const planted = 2024 - Math.floor(chance('age', number) ** 1.8 * 120)
  const age = 2026 - planted
  return {
    iri: iriOf('Tree', String(number).padStart(5, '0')),
    type: 'Tree',
    name: `${german} ${String(number).padStart(5, '0')}`,
    geometry: street % 2 === 0 ? at(along, across) : at(across, along),
    attributes: {
      species: latin,
      germanName: german,
      plantingYear: planted,
      height: rounded(3 + 0.19 * Math.min(age, 110), 1),
      trunkCircumference: Math.round(14 + 2.1 * age),
    },
    measures: [],
  }
}

export const TOPICS: readonly Topic[] = [
  {
    card: {
      slug: 'luftqualitaet',
      title: { de: 'Luftqualität', en: 'Air quality' },
      description: {
        de: 'Stündliche Werte von Stickstoffdioxid, Feinstaub und Ozon an vier Messstellen. Beispieldaten einer erfundenen Stadt.',
        en: 'Hourly values of nitrogen dioxide, particulate matter and ozone at four stations. Sample data of an invented town.',
      },
      keywords: ['Luft', 'Feinstaub', 'Stickstoffdioxid', 'Ozon', 'Umwelt'],
      themes: ['ENVI', 'HEAL'],
      publisher: TOWN,
      contact: contact('Umweltamt'),
    },
    things: AIR.map(airStation),
  },
  {
    card: {
      slug: 'wetter',
      title: { de: 'Wetter', en: 'Weather' },
      description: {
        de: 'Temperatur, Feuchte, Niederschlag, Wind, Luftdruck und Strahlung an zwei Wetterstationen. Beispieldaten einer erfundenen Stadt.',
        en: 'Temperature, humidity, precipitation, wind, pressure and radiation at two stations. Sample data of an invented town.',
      },
      keywords: ['Wetter', 'Temperatur', 'Niederschlag', 'Klima'],
      themes: ['ENVI'],
      publisher: TOWN,
      contact: contact('Tiefbauamt'),
    },
    things: WEATHER.map(weatherStation),
  },
  {
    card: {
      slug: 'radverkehr',
      title: { de: 'Radverkehr', en: 'Bicycle traffic' },
      description: {
        de: 'Gezählte Fahrräder je Stunde und Richtung an fünf Dauerzählstellen. Beispieldaten einer erfundenen Stadt.',
        en: 'Bicycles per hour and direction at five permanent counters. Sample data of an invented town.',
      },
      keywords: ['Fahrrad', 'Verkehr', 'Zählstelle', 'Mobilität'],
      themes: ['TRAN'],
      publisher: TOWN,
      contact: contact('Amt für Mobilität'),
    },
    things: COUNTERS.map(bicycleCounter),
  },
  {
    card: {
      slug: 'parken',
      title: { de: 'Parken', en: 'Parking' },
      description: {
        de: 'Freie und belegte Plätze in vier Parkhäusern und auf Parkplätzen. Beispieldaten einer erfundenen Stadt.',
        en: 'Free and taken places in four car parks. Sample data of an invented town.',
      },
      keywords: ['Parken', 'Parkhaus', 'Verkehr', 'Mobilität'],
      themes: ['TRAN'],
      publisher: TOWN,
      contact: contact('Amt für Mobilität'),
    },
    things: CAR_PARKS.map(carPark),
  },
  {
    card: {
      slug: 'baumkataster',
      title: { de: 'Baumkataster', en: 'Tree register' },
      description: {
        de: 'Straßen- und Parkbäume mit Art, Pflanzjahr, Höhe und Stammumfang. Beispieldaten einer erfundenen Stadt.',
        en: 'Trees in streets and parks with species, year of planting, height and trunk circumference. Sample data of an invented town.',
      },
      keywords: ['Bäume', 'Stadtgrün', 'Umwelt', 'Kataster'],
      themes: ['ENVI', 'REGI'],
      publisher: TOWN,
      contact: contact('Grünflächenamt'),
    },
    things: Array.from({ length: TREES }, (_, i) => tree(i + 1)),
  },
]
