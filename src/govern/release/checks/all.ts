/** all: what is looked at before anybody else does: the card, and the data behind it. */
import type { Dataset } from '../../../model/dataset.ts'
import type { Finding } from '../../../model/release.ts'
import type { Service } from '../../../service/service.ts'
import { columnsOf } from './columns.ts'
import { checkMetadata } from './metadata.ts'
import { checkPersonal } from './personal.ts'

export async function checkAll(service: Service, dataset: Dataset): Promise<readonly Finding[]> {
  return [...checkMetadata(dataset), ...checkPersonal(await columnsOf(service, dataset))]
}
