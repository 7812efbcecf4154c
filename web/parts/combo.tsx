/** combo: one of many, found by typing. */
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { Icon } from './icon.tsx'

export function Combo({
  label,
  choices,
  value,
  choose,
}: {
  readonly label: string
  readonly choices: readonly { readonly id: number; readonly name: string }[]
  readonly value: number
  readonly choose: (id: number) => void
}) {
  return (
    <ComboBox
      className="kern-form-input al-combo"
      defaultItems={choices}
      selectedKey={value}
      onSelectionChange={(key) => typeof key === 'number' && choose(key)}
      menuTrigger="focus"
    >
      <Label className="kern-label">{label}</Label>
      <div className="al-combo__line">
        <Input className="kern-form-input__input" />
        <Button className="al-combo__button">
          <Icon name="chevron-right" />
        </Button>
      </div>
      <Popover className="al-combo__popover">
        <ListBox<{ readonly id: number; readonly name: string }> className="al-combo__list">
          {(item) => (
            <ListBoxItem className="al-combo__item" textValue={item.name}>
              {item.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
