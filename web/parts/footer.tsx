/** footer: what this is, and the ways that are rarely needed. */
import { root } from '../router.ts'
import { useWords } from '../words/words.tsx'
import { Link } from './link.tsx'

export function Footer() {
  const { footer, menu, work } = useWords()
  return (
    <footer className="al-footer" aria-label={footer.label}>
      <div className="al-footer__bar al-width">
        <p className="kern-body kern-body--small">
          <strong>Allmende</strong>. {footer.about}
        </p>
        <ul className="al-footer__links">
          <li>
            <Link className="kern-link kern-link--small" to="/impact">
              {work.sustain.impact}
            </Link>
          </li>
          <li>
            <Link className="kern-link kern-link--small" to="/developers">
              {menu.developers}
            </Link>
          </li>
          <li>
            <a className="kern-link kern-link--small" href={`${root}/catalog.ttl`}>
              {footer.catalogueFile}
            </a>
          </li>
        </ul>
      </div>
    </footer>
  )
}
