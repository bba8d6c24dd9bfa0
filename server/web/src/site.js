// What every page loads. Each page works without it.
import { Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink, createAll } from 'govuk-frontend'
import 'htmx.org'
import { inboxKeys } from './inbox.js'
import { suggestions } from './suggest.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) createAll(component)

for (const box of document.querySelectorAll('input[data-suggest]')) suggestions(box)
for (const box of document.querySelectorAll('[data-keys]')) inboxKeys(box)

// A choice that is made sends its form; without scripts a button does.
document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-send-on-change]')
  if (form) form.requestSubmit()
})
