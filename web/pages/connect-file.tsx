/** connect-file: from a file to a published dataset in five steps; nothing is stored before the last. */
import { useCallback, useEffect, useState } from 'react'
import { useAct } from '../act.ts'
import { call } from '../api.ts'
import { CheckFormat, type FormatChoice } from '../connect/check-format.tsx'
import { ChooseAddress, ChooseFile } from '../connect/choose-file.tsx'
import type { Detected } from '../connect/detected.ts'
import { faultOf, mappingOf, meaningOf, type Meaning } from '../connect/meaning.ts'
import { NameDataset, namingFor, type Naming } from '../connect/name-dataset.tsx'
import { Outcome } from '../connect/outcome.tsx'
import { optionsFor, type Kind, type Options, type Origin } from '../connect/options.ts'
import { publish, type Published } from '../connect/publish.ts'
import { SeePreview } from '../connect/see-preview.tsx'
import { SetMeaning } from '../connect/set-meaning.tsx'
import { StepActions, Steps } from '../connect/steps.tsx'
import { PageHead } from '../parts/page.tsx'
import { Progress } from '../parts/progress.tsx'
import { Refused } from '../parts/refused.tsx'
import { usePlace } from '../router.ts'
import { useSession } from '../session.tsx'
import type { Preview } from '../wire.ts'
import { useWords } from '../words/words.tsx'

interface Found {
  readonly origin: Origin
  readonly detected: Detected
  readonly choice: FormatChoice
}

export function ConnectFile() {
  const { path } = usePlace()
  const kind: Kind = path.endsWith('/http-json') ? 'http-json' : 'csv'
  const { connect } = useWords().work
  const { session } = useSession()
  const [at, setAt] = useState(0)
  const [found, setFound] = useState<Found>()
  const [meaning, setMeaning] = useState<Meaning>()
  const [naming, setNaming] = useState<Naming>()
  const [published, setPublished] = useState<Published>()
  const act = useAct()

  const detect = (origin: Origin, choice: FormatChoice) =>
    act.run(async () => {
      const where = 'upload' in origin ? { upload: origin.upload } : { url: origin.url }
      const detected = await call<Detected>('/detect', { method: 'POST', body: { ...where, options: choice } })
      setFound({ origin, detected, choice })
      setMeaning(meaningOf(detected, origin.name))
      setNaming((before) => before ?? namingFor(titleFrom(origin.name), session?.tenant.name ?? ''))
      setAt(1)
    })
  const options = found && meaning && naming ? optionsFor(kind, found.origin, found.detected, mappingOf(meaning)) : undefined
  const finish = () =>
    act.run(async () => {
      if (options && naming && found) setPublished(await publish({ connector: kind, name: naming.title, options, naming, waits: false }))
    })

  if (published)
    return (
      <>
        <PageHead title={connect.title} />
        <Outcome published={published} />
      </>
    )
  return (
    <>
      <PageHead title={connect.title} />
      <Steps at={at} />
      <Refused refusal={act.refusal} />
      {at === 0 || !found || !meaning || !naming || !options ? (
        <Begin kind={kind} chosen={(origin) => void detect(origin, {})} busy={act.busy} />
      ) : (
        <Stage
          {...{ at, setAt, found, meaning, setMeaning, naming, setNaming, kind, options, busy: act.busy }}
          detect={(choice) => void detect(found.origin, { ...found.choice, ...choice })}
          finish={() => void finish()}
        />
      )}
    </>
  )
}

interface StageProps {
  readonly at: number
  readonly setAt: (at: number) => void
  readonly found: Found
  readonly meaning: Meaning
  readonly setMeaning: (meaning: Meaning) => void
  readonly naming: Naming
  readonly setNaming: (naming: Naming) => void
  readonly kind: Kind
  readonly options: Options
  readonly busy: boolean
  readonly detect: (choice: FormatChoice) => void
  readonly finish: () => void
}

/** The steps after the file is there. */
function Stage({ at, setAt, found, meaning, setMeaning, naming, setNaming, kind, options, busy, detect, finish }: StageProps) {
  const { connect } = useWords().work
  const back = () => setAt(at - 1)
  const next = () => setAt(at + 1)
  if (at === 1)
    return (
      <Step key="format" title={connect.detected} lead={connect.detectedLead}>
        <CheckFormat detected={found.detected} busy={busy} choose={detect} />
        <StepActions back={back} next={next} disabled={busy} />
      </Step>
    )
  if (at === 2)
    return (
      <Step key="meaning" title={connect.meaning} lead={connect.meaningLead}>
        <SetMeaning detected={found.detected} meaning={meaning} change={setMeaning} />
        <StepActions back={back} next={next} disabled={faultOf(meaning) !== undefined} />
      </Step>
    )
  if (at === 3)
    return (
      <Step key="preview" title={connect.preview} lead={connect.previewLead}>
        <PreviewOf kind={kind} options={options} />
        <StepActions back={back} next={next} />
      </Step>
    )
  return (
    <Step key="card" title={connect.card} lead={connect.cardLead}>
      <NameDataset naming={naming} change={setNaming} scheduled={'url' in found.origin} />
      <StepActions back={back} next={finish} label={connect.finish} disabled={busy || naming.title.trim() === ''} />
    </Step>
  )
}

const titleFrom = (name: string): string => {
  const plain = name
    .replace(/\.[^.]+$/, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** Its heading takes the focus, so that the new step is read out. */
function Step({ title, lead, children }: { readonly title: string; readonly lead: string; readonly children: React.ReactNode }) {
  const focus = useCallback((heading: HTMLHeadingElement | null) => heading?.focus(), [])
  return (
    <section className="al-stacked" aria-labelledby="step">
      <div>
        <h2 className="kern-heading-large" id="step" tabIndex={-1} ref={focus}>
          {title}
        </h2>
        <p className="kern-body">{lead}</p>
      </div>
      {children}
    </section>
  )
}

function Begin({ kind, chosen, busy }: { readonly kind: Kind; readonly chosen: (origin: Origin) => void; readonly busy: boolean }) {
  const { connect } = useWords().work
  const { search } = usePlace()
  return (
    <div className="al-stacked">
      {kind === 'http-json' || search.has('url') ? <ChooseAddress kind={kind} chosen={chosen} /> : <ChooseFile chosen={chosen} />}
      {busy && <Progress label={connect.detecting} />}
    </div>
  )
}

function PreviewOf({ kind, options }: { readonly kind: Kind; readonly options: Options }) {
  const { connect } = useWords().work
  const [preview, setPreview] = useState<Preview>()
  const { run, refusal, busy } = useAct()
  const [asked] = useState(options)
  useEffect(() => {
    void run(async () =>
      setPreview(await call<Preview>('/preview', { method: 'POST', body: { connector: kind, options: asked, limit: 200 } })),
    )
  }, [run, kind, asked])
  return (
    <>
      <Refused refusal={refusal} />
      {busy && <Progress label={connect.previewing} />}
      {preview && <SeePreview preview={preview} />}
    </>
  )
}
