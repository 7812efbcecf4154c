/** licences: those that DCAT-AP.de lists (dcat-ap.de/def/licenses), with the pages that also name them. */

export interface Licence {
  /** "dl-by-de/2.0" */
  readonly code: string
  readonly iri: string
  readonly title: string
  readonly page: string
  /** Open as the Open Definition says. */
  readonly open: boolean
  /** Its source must be named (K35). */
  readonly attribution: boolean
}

type Row = readonly [code: string, title: string, page: string]

// prettier-ignore
const OPEN: readonly Row[] = [
  ['dl-zero-de/2.0', 'Datenlizenz Deutschland – Zero – Version 2.0', 'https://www.govdata.de/dl-de/zero-2-0'],
  ['dl-by-de/2.0', 'Datenlizenz Deutschland Namensnennung 2.0', 'https://www.govdata.de/dl-de/by-2-0'],
  ['dl-by-de/1.0', 'Datenlizenz Deutschland Namensnennung 1.0', 'https://www.govdata.de/dl-de/by-1-0'],
  ['cc-zero', 'Creative Commons Zero (CC0 1.0)', 'https://creativecommons.org/publicdomain/zero/1.0/'],
  ['ccpdm/1.0', 'Public Domain Mark 1.0', 'https://creativecommons.org/publicdomain/mark/1.0/'],
  ['cc-by', 'Creative Commons Namensnennung', 'https://creativecommons.org/licenses/by/'],
  ['cc-by/4.0', 'Creative Commons Namensnennung 4.0 International', 'https://creativecommons.org/licenses/by/4.0/'],
  ['cc-by-de/3.0', 'Creative Commons Namensnennung 3.0 Deutschland', 'https://creativecommons.org/licenses/by/3.0/de/'],
  ['cc-by-sa', 'Creative Commons Namensnennung, Weitergabe unter gleichen Bedingungen', 'https://creativecommons.org/licenses/by-sa/'],
  ['cc-by-sa/4.0', 'Creative Commons Namensnennung, Weitergabe unter gleichen Bedingungen 4.0 International', 'https://creativecommons.org/licenses/by-sa/4.0/'],
  ['cc-by-sa-de/3.0', 'Creative Commons Namensnennung, Weitergabe unter gleichen Bedingungen 3.0 Deutschland', 'https://creativecommons.org/licenses/by-sa/3.0/de/'],
  ['odbl', 'Open Data Commons Open Database License (ODbL)', 'https://opendatacommons.org/licenses/odbl/1-0/'],
  ['odby', 'Open Data Commons Attribution License (ODC-BY 1.0)', 'https://opendatacommons.org/licenses/by/1-0/'],
  ['odcpddl', 'Open Data Commons Public Domain Dedication and Licence (ODC PDDL)', 'https://opendatacommons.org/licenses/pddl/1-0/'],
  ['officialWork', 'Amtliches Werk, lizenzfrei nach § 5 Abs. 1 UrhG', 'https://www.gesetze-im-internet.de/urhg/__5.html'],
  ['geonutz/20130319', 'Nutzungsbestimmungen für die Bereitstellung von Geodaten des Bundes', 'https://sg.geodatenzentrum.de/web_public/gdz/lizenz/geonutzv.pdf'],
  ['geoNutz/20131001', 'Nutzungsbestimmungen für die Bereitstellung von Geodaten des Landes Berlin', 'https://www.stadtentwicklung.berlin.de/geoinformation/download/nutzIII.pdf'],
  ['gfdl', 'GNU Free Documentation License (GFDL)', 'https://www.gnu.org/licenses/fdl-1.3.html'],
  ['gpl/3.0', 'GNU General Public License 3.0 (GPLv3)', 'https://www.gnu.org/licenses/gpl-3.0.html'],
  ['apache', 'Apache License', 'https://www.apache.org/licenses/'],
  ['bsd', 'BSD-Lizenz', 'https://opensource.org/licenses/bsd-license.php'],
  ['mozilla', 'Mozilla Public License 2.0', 'https://www.mozilla.org/MPL/2.0/'],
  ['other-open', 'Andere offene Lizenz', ''],
  ['other-opensource', 'Andere Open-Source-Lizenz', ''],
]

// prettier-ignore
const RESTRICTED: readonly Row[] = [
  ['cc-by-nc', 'Creative Commons Namensnennung, nicht kommerziell', 'https://creativecommons.org/licenses/by-nc/'],
  ['cc-by-nc/4.0', 'Creative Commons Namensnennung, nicht kommerziell 4.0 International', 'https://creativecommons.org/licenses/by-nc/4.0/'],
  ['cc-by-nc-de/3.0', 'Creative Commons Namensnennung, nicht kommerziell 3.0 Deutschland', 'https://creativecommons.org/licenses/by-nc/3.0/de/'],
  ['cc-by-nd', 'Creative Commons Namensnennung, keine Bearbeitung', 'https://creativecommons.org/licenses/by-nd/'],
  ['cc-by-nd/3.0', 'Creative Commons Namensnennung, keine Bearbeitung 3.0', 'https://creativecommons.org/licenses/by-nd/3.0/'],
  ['cc-by-nd/4.0', 'Creative Commons Namensnennung, keine Bearbeitung 4.0 International', 'https://creativecommons.org/licenses/by-nd/4.0/'],
  ['dl-by-nc-de/1.0', 'Datenlizenz Deutschland Namensnennung nicht-kommerziell 1.0', 'https://www.govdata.de/dl-de/by-nc-1-0'],
  ['other-closed', 'Andere eingeschränkte Lizenz', ''],
  ['other-commercial', 'Andere kommerzielle Lizenz', ''],
  ['other-freeware', 'Andere Freeware-Lizenz', ''],
]

const LISTED = 'http://dcat-ap.de/def/licenses/'

const licence =
  (open: boolean) =>
  ([code, title, page]: Row): Licence => ({
    code,
    iri: LISTED + code,
    title,
    page,
    open,
    attribution: /^(dl-by|cc-by|odby|odbl)/.test(code),
  })

export const LICENCES: readonly Licence[] = [...OPEN.map(licence(true)), ...RESTRICTED.map(licence(false))]

/** Without scheme, language, legal code and slash: people copy the address of whatever page they stand on. */
const bare = (iri: string): string => iri.replace(/^https?:\/\/(www\.)?/, '').replace(/(\/deed\.\w+|\/legalcode(\.\w+)?)?\/*$/, '')

const BY_NAME = new Map(
  LICENCES.flatMap((one) => [
    [bare(one.iri), one] as const,
    [one.code, one] as const,
    ...(one.page === '' ? [] : [[bare(one.page), one] as const]),
  ]),
)

/** By its IRI, its page or its code; undefined for one that is not listed. */
export function licenceOf(text: string): Licence | undefined {
  return BY_NAME.get(bare(text))
}
