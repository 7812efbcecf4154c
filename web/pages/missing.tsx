/** missing: an address that is no page. */
import { ButtonLink } from '../parts/button.tsx'
import { PageHead } from '../parts/page.tsx'
import { useWords } from '../words/words.tsx'

export function Missing() {
  const { states } = useWords()
  return (
    <>
      <PageHead title={states.missing} lead={states.missingBody} />
      <ButtonLink look="primary" to="/">
        {states.toStart}
      </ButtonLink>
    </>
  )
}
