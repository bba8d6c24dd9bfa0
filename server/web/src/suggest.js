// Suggestions below a text field: a combobox as WAI-ARIA describes it (list, manual selection), over the server's own
// answers. The field stays an ordinary field: what is typed can always be sent as it is.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

const pause = 80 // milliseconds without a key before we ask

/** Gives a field its suggestions. data-suggest is the address that answers; data-pick says what choosing one does:
 *  "open" goes to the record, "fill" writes its name into the field. */
export function suggestions(box) {
  const list = document.createElement('ul')
  list.id = `${box.id}-suggestions`
  list.className = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Suggestions')
  list.hidden = true
  const said = document.createElement('div')
  said.className = 'govuk-visually-hidden'
  said.setAttribute('role', 'status')
  box.after(list, said)
  for (const [name, value] of Object.entries({
    role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
  })) box.setAttribute(name, value)

  let timer, asked = 0, active = -1, chosen = false
  const options = () => [...list.querySelectorAll('[role=option]')]

  function close() {
    list.hidden = true
    active = -1
    box.setAttribute('aria-expanded', 'false')
    box.removeAttribute('aria-activedescendant')
  }

  function mark(next) {
    const all = options()
    active = all.length ? (next + all.length + 1) % (all.length + 1) : -1
    if (active === all.length) active = -1 // back in the field
    all.forEach((option, i) => option.setAttribute('aria-selected', String(i === active)))
    if (active < 0) return box.removeAttribute('aria-activedescendant')
    box.setAttribute('aria-activedescendant', all[active].id)
    all[active].scrollIntoView({ block: 'nearest' })
  }

  function choose(option) {
    chosen = true
    setTimeout(() => { chosen = false }, 300)
    if (box.dataset.pick === 'open') return location.assign(option.dataset.href)
    box.value = option.dataset.name
    close()
    box.focus()
    box.dispatchEvent(new Event('change', { bubbles: true }))
  }

  async function ask() {
    const typed = box.value.trim(), mine = ++asked
    if (typed.length < 2) return close()
    const address = new URL(box.dataset.suggest, location.href)
    address.searchParams.set('q', typed)
    let found
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } })
      if (!answer.ok) return close()
      found = await answer.json()
    } catch {
      return close() // the field works without
    }
    if (mine !== asked || document.activeElement !== box) return
    show(found)
  }

  function show(groups) {
    const marked = active >= 0 ? options()[active].dataset.href : '' // stays marked when the list is made anew
    list.replaceChildren()
    let n = 0
    for (const group of groups) {
      const part = document.createElement('li')
      part.setAttribute('role', 'presentation')
      const inner = document.createElement('ul')
      inner.setAttribute('role', 'group')
      inner.setAttribute('aria-label', group.kind)
      const title = document.createElement('li')
      title.className = 'suggestions__kind'
      title.setAttribute('role', 'presentation')
      title.textContent = group.kind
      inner.append(title)
      for (const one of group.records) {
        const option = document.createElement('li')
        option.id = `${list.id}-${n++}`
        option.className = 'suggestions__option'
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.dataset.href = one.href
        option.dataset.name = one.name
        option.textContent = one.name
        if (one.note) {
          const note = document.createElement('span')
          note.className = 'suggestions__note'
          note.textContent = ` ${one.note}`
          option.append(note)
        }
        inner.append(option)
      }
      part.append(inner)
      list.append(part)
    }
    list.hidden = n === 0
    box.setAttribute('aria-expanded', String(n > 0))
    mark(options().findIndex((option) => option.dataset.href === marked))
    said.textContent = n === 0 ? 'No suggestions' : `${n} ${n === 1 ? 'suggestion' : 'suggestions'}, use the arrow keys`
  }

  box.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, pause)
  })
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden) return void ask()
      event.preventDefault()
      mark(active + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      choose(options()[active])
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault()
      close()
    }
  })
  // Choosing is not sending: some keyboards send Enter twice, as a key and as a letter.
  box.form?.addEventListener('submit', (event) => {
    if (chosen) event.preventDefault()
  })
  box.addEventListener('blur', () => setTimeout(close, 150))
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]')
    event.preventDefault() // keeps the field focused
    if (option) choose(option)
  })
}
