// Keys in the inbox: j and k go from one thing to the next, a, r and c do what its buttons do, u takes the last decision
// back. They can be switched off (WCAG 2.2, 2.1.4), and are never heard while somebody types.
export function inboxKeys(box) {
  const remembered = 'inbox-keys'
  const button = box.querySelector('button')
  let on = localStorage.getItem(remembered) !== 'off'
  const show = () => {
    button.setAttribute('aria-pressed', String(on))
    button.textContent = on ? 'Switch keys off' : 'Switch keys on'
  }
  button.addEventListener('click', () => {
    on = !on
    localStorage.setItem(remembered, on ? 'on' : 'off')
    show()
  })
  box.hidden = false
  show()

  const items = [...document.querySelectorAll('.waits')]
  const current = () => items.findIndex((item) => item.contains(document.activeElement))
  const go = (i) => items[Math.max(0, Math.min(items.length - 1, i))]?.focus()
  // After a decision the address names the place at which it was taken: go on from there.
  const place = location.hash.match(/^#waits-(\d+)$/)
  if (place) go(Number(place[1]))

  document.addEventListener('keydown', (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return
    const at = current()
    if (event.key === 'j') go(at + 1)
    else if (event.key === 'k') go(at < 0 ? 0 : at - 1)
    else if (event.key === 'u') document.querySelector('#undo button')?.click()
    else if ('arc'.includes(event.key) && event.key.length === 1 && at >= 0) items[at].querySelector(`[data-key="${event.key}"]`)?.click()
    else return
    event.preventDefault()
  })
}
