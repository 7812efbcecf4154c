/** main: styles, then the application into the page. */
import './styles/fonts.css'
import '@kern-ux/native/dist/kern.min.css'
import './styles/frame.css'
import './styles/parts.css'
import './styles/pages.css'
import './styles/print.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
