/** quality: how well a dataset is described, and what would raise it. */
import type { FastifyInstance } from 'fastify'
import type { Language } from '../../model/text.ts'
import type { Card, Service } from '../../service/service.ts'

interface Assessed {
  readonly points: number
  readonly of: number
  readonly rating: string
  readonly metrics: readonly {
    readonly id: string
    readonly dimension: string
    readonly of: number
    readonly points: number
    readonly yours: boolean
    readonly advice: Readonly<Record<Language, string>>
  }[]
}

/** `assess` judges a card as it is harvested below the root. */
export function qualityRoutes(app: FastifyInstance, service: Service, assess: (card: Card, root: string) => Assessed): void {
  app.get<{ Params: { readonly slug: string } }>('/datasets/:slug/quality', async ({ who, root, language, params: { slug } }) => {
    const { metrics, ...whole } = assess(await service.card(who, slug, root), root)
    return {
      ...whole,
      metrics: metrics.map(({ advice, ...metric }) => ({ ...metric, ...(metric.points < metric.of && { advice: advice[language] }) })),
    }
  })
}
