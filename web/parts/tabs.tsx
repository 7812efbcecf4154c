/** tabs: several views of the same thing, one at a time. */
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'

export interface TabView {
  readonly id: string
  readonly title: string
  readonly body: ReactNode
}

export function Tabs({ label, views }: { readonly label: string; readonly views: readonly TabView[] }) {
  return (
    <AriaTabs className="al-tabs">
      <TabList aria-label={label} className="al-tabs__list">
        {views.map(({ id, title }) => (
          <Tab key={id} id={id} className="al-tabs__tab">
            {title}
          </Tab>
        ))}
      </TabList>
      {views.map(({ id, body }) => (
        <TabPanel key={id} id={id} className="al-tabs__panel">
          {body}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
