/** choose-file: the first step: a file from one's own machine, or one on the net. */
import { useState } from 'react'
import { DropZone, FileTrigger, Button as AriaButton, isFileDropItem } from 'react-aria-components'
import { Refusal, upload } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { Progress } from '../parts/progress.tsx'
import { Refused } from '../parts/refused.tsx'
import { useFormat } from '../format.ts'
import type { Upload } from '../wire.ts'
import type { Kind, Origin } from './options.ts'
import { useWords } from '../words/words.tsx'

export function ChooseFile({ chosen }: { readonly chosen: (origin: Origin) => void }) {
  const { connect } = useWords().work
  const format = useFormat()
  const [sent, setSent] = useState<{ readonly done: number; readonly total: number }>()
  const [refusal, setRefusal] = useState<Refusal>()
  const take = async (file: File | undefined) => {
    if (!file) return
    setRefusal(undefined)
    setSent({ done: 0, total: file.size })
    try {
      const kept = await upload<Upload>(file, (done, total) => setSent({ done, total }))
      chosen({ upload: kept.upload, name: file.name })
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, ''))
    } finally {
      setSent(undefined)
    }
  }
  return (
    <>
      <Refused refusal={refusal} />
      <DropZone
        className="al-drop"
        aria-label={connect.drop}
        onDrop={({ items }) => {
          const item = items.find(isFileDropItem)
          if (item) void item.getFile().then(take)
        }}
      >
        <Icon name="drive-folder-upload" size="x-large" />
        <p className="kern-title">{connect.drop}</p>
        <p className="kern-body kern-body--muted">{connect.or}</p>
        <FileTrigger
          acceptedFileTypes={['.csv', '.txt', '.tsv', '.xlsx', '.json', '.geojson', '.zip']}
          onSelect={(files) => void take(files?.[0])}
        >
          <AriaButton className="kern-btn kern-btn--primary">
            <span className="kern-label">{connect.chooseFile}</span>
          </AriaButton>
        </FileTrigger>
        <p className="kern-body kern-body--small kern-body--muted">{connect.fileHint}</p>
      </DropZone>
      {sent && (
        <Progress label={connect.uploading(format.bytes(sent.done), format.bytes(sent.total))} done={sent.done} total={sent.total} />
      )}
    </>
  )
}

export function ChooseAddress({ kind, chosen }: { readonly kind: Kind; readonly chosen: (origin: Origin) => void }) {
  const { connect } = useWords().work
  const [url, setUrl] = useState('')
  return (
    <form
      className="al-form"
      onSubmit={(event) => {
        event.preventDefault()
        chosen({ url, name: url.replace(/[?#].*$/, '').replace(/^.*\//, '') })
      }}
    >
      <TextField
        label={connect.addresses[kind]}
        hint={connect.addressHints[kind]}
        type="url"
        required
        value={url}
        onChange={({ target }) => setUrl(target.value)}
      />
      <Button type="submit" look="primary">
        {connect.read}
      </Button>
      {kind === 'http-json' && (
        <p className="kern-body">
          {connect.needsMore}{' '}
          <Link className="kern-link" to="/workspace/connect/all/http-json">
            {connect.allOptions}
          </Link>
        </p>
      )}
    </form>
  )
}
