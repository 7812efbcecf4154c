/** begin: an empty platform and the four ways to start. */
import { useState } from 'react'
import { call, Refusal } from '../api.ts'
import { Alert } from '../parts/alert.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { PageHead } from '../parts/page.tsx'
import { Progress } from '../parts/progress.tsx'
import { useFormat } from '../format.ts'
import { useResource } from '../resource.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words/words.tsx'

export function Begin() {
  const { empty } = useWords()
  const { session } = useSession()
  const signed = session?.account != null
  return (
    <div className="al-width al-stacked">
      <PageHead title={empty.title} lead={signed ? empty.lead : session?.firstRun ? empty.firstRun : empty.signInFirst}>
        {!signed && !session?.firstRun && (
          <ButtonLink look="primary" to="/sign-in">
            {empty.signInFirst}
          </ButtonLink>
        )}
      </PageHead>
      <ul className="al-offers">
        <Offer
          icon="drive-folder-upload"
          title={empty.file}
          body={empty.fileBody}
          act={empty.fileAct}
          to="/workspace/connect/file"
          primary
        />
        <Offer icon="autorenew" title={empty.api} body={empty.apiBody} act={empty.apiAct} to="/workspace/connect/http-json" />
        <Offer icon="checklist" title={empty.lorawan} body={empty.lorawanBody} act={empty.lorawanAct} to="/workspace/connect/lorawan" />
        <DemoOffer allowed={session?.account?.admin === true} />
      </ul>
    </div>
  )
}

function Offer({
  icon,
  title,
  body,
  act,
  to,
  primary = false,
}: {
  readonly icon: IconName
  readonly title: string
  readonly body: string
  readonly act: string
  readonly to: string
  readonly primary?: boolean
}) {
  return (
    <li className="kern-card al-offer">
      <div className="kern-card__container">
        <Icon name={icon} size="x-large" />
        <h2 className="kern-title">{title}</h2>
        <p className="kern-body al-offer__body">{body}</p>
        <ButtonLink look={primary ? 'primary' : 'secondary'} to={to} block>
          {act}
        </ButtonLink>
      </div>
    </li>
  )
}

interface Demo {
  readonly state: string
  readonly done?: number
  readonly total?: number
  readonly error?: string
}

function DemoOffer({ allowed }: { readonly allowed: boolean }) {
  const { empty } = useWords()
  const [running, setRunning] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const begin = async () => {
    setRefusal(undefined)
    try {
      await call('/demo', { method: 'POST', body: {} })
      setRunning(true)
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : undefined)
    }
  }
  return (
    <li className="kern-card al-offer">
      <div className="kern-card__container">
        <Icon name="home" size="x-large" />
        <h2 className="kern-title">{empty.demo}</h2>
        <p className="kern-body al-offer__body">{empty.demoBody}</p>
        {refusal && <Alert tone="danger" title={refusal.message} />}
        {running ? (
          <DemoProgress />
        ) : allowed ? (
          <Button block onClick={() => void begin()}>
            {empty.demo}
          </Button>
        ) : (
          <ButtonLink block to="/sign-in">
            {empty.demo}
          </ButtonLink>
        )}
      </div>
    </li>
  )
}

function DemoProgress() {
  const { empty } = useWords()
  const format = useFormat()
  const { renew } = useSession()
  const demo = useResource<Demo>('/demo', 1000)
  const { state = 'running', done, total } = demo.state === 'ready' ? demo.data : {}
  if (state === 'done')
    return (
      <Button look="primary" block onClick={renew}>
        {empty.demoDone}
      </Button>
    )
  const counted = done !== undefined && total ? ` ${format.number(Math.floor((done / total) * 100), 0)} %` : ''
  return <Progress label={`${empty.demoRunning}${counted}`} {...(done !== undefined && { done })} total={total} />
}
