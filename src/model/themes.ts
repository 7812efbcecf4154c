/** themes: the EU data themes (publications.europa.eu/resource/authority/data-theme), as people call them. */

export const THEMES = {
  AGRI: { de: 'Landwirtschaft, Fischerei, Forstwirtschaft und Nahrungsmittel', en: 'Agriculture, fisheries, forestry and food' },
  ECON: { de: 'Wirtschaft und Finanzen', en: 'Economy and finance' },
  EDUC: { de: 'Bildung, Kultur und Sport', en: 'Education, culture and sport' },
  ENER: { de: 'Energie', en: 'Energy' },
  ENVI: { de: 'Umwelt', en: 'Environment' },
  GOVE: { de: 'Regierung und öffentlicher Sektor', en: 'Government and public sector' },
  HEAL: { de: 'Gesundheit', en: 'Health' },
  INTR: { de: 'Internationale Themen', en: 'International issues' },
  JUST: { de: 'Justiz, Rechtssystem und öffentliche Sicherheit', en: 'Justice, legal system and public safety' },
  REGI: { de: 'Regionen und Städte', en: 'Regions and cities' },
  SOCI: { de: 'Bevölkerung und Gesellschaft', en: 'Population and society' },
  TECH: { de: 'Wissenschaft und Technologie', en: 'Science and technology' },
  TRAN: { de: 'Verkehr', en: 'Transport' },
} as const

/** The code of a theme that is given by its code or its IRI. */
export function themeOf(text: string): keyof typeof THEMES | undefined {
  const code = text.split('/').at(-1)?.toUpperCase() ?? ''
  return Object.hasOwn(THEMES, code) ? (code as keyof typeof THEMES) : undefined
}
