// A picture that can be moved and zoomed, made of the drawing that the server sent: the same dots at the same places, the
// same lines, the same addresses. Without it the drawing and its table say everything.
import Graph from 'graphology'
import Sigma from 'sigma'

const still = matchMedia('(prefers-reduced-motion: reduce)').matches
const step = { duration: still ? 0 : 200 }

/** Reads the drawing: its y axis points down, sigma's up. */
function graphOf(drawing) {
  const graph = new Graph({ multi: true })
  for (const dot of drawing.querySelectorAll('.dot')) {
    graph.addNode(dot.dataset.id, {
      x: Number(dot.dataset.x), y: -Number(dot.dataset.y), size: Number(dot.dataset.r) * 0.6, label: dot.dataset.name,
      color: getComputedStyle(dot.querySelector('circle')).fill, href: dot.href.baseVal, forceLabel: dot.classList.contains('dot--focus'),
      toLeft: dot.querySelector('text').getAttribute('text-anchor') === 'end',
    })
  }
  for (const line of drawing.querySelectorAll('.line')) {
    if (graph.hasNode(line.dataset.from) && graph.hasNode(line.dataset.to)) {
      graph.addEdge(line.dataset.from, line.dataset.to, { size: parseFloat(getComputedStyle(line).strokeWidth) || 1, color: getComputedStyle(line).stroke })
    }
  }
  return graph
}

/** Writes a name beside its dot, on the side on which the drawing has it, and readable on top of lines. */
function labelOn(paper) {
  return (canvas, dot, settings) => {
    if (!dot.label) return
    canvas.font = `${settings.labelSize}px ${settings.labelFont}`
    const x = dot.toLeft ? dot.x - dot.size - 4 - canvas.measureText(dot.label).width : dot.x + dot.size + 4
    canvas.lineJoin = 'round'
    canvas.lineWidth = 4
    canvas.strokeStyle = paper
    canvas.strokeText(dot.label, x, dot.y + settings.labelSize / 3)
    canvas.fillStyle = settings.labelColor.color
    canvas.fillText(dot.label, x, dot.y + settings.labelSize / 3)
  }
}

function button(words, does) {
  const b = document.createElement('button')
  b.type = 'button'
  b.textContent = words
  b.addEventListener('click', does)
  return b
}

function movable(figure) {
  const frame = figure.querySelector('.picture__frame')
  const drawing = figure.querySelector('svg')
  const tools = document.createElement('div')
  tools.className = 'picture__tools no-print'
  tools.setAttribute('role', 'group')
  tools.setAttribute('aria-label', 'The picture')
  const canvas = document.createElement('div')
  canvas.className = 'picture__canvas'
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', `${drawing.getAttribute('aria-label')}. The table below says the same.`)
  canvas.hidden = true
  frame.before(tools, canvas)

  let sigma
  const camera = () => sigma.getCamera()
  const pan = (x, y) => () => {
    const at = camera().getState()
    camera().animate({ x: at.x + x * at.ratio, y: at.y + y * at.ratio }, step)
  }
  const moves = [
    button('Zoom in', () => camera().animatedZoom(step)), button('Zoom out', () => camera().animatedUnzoom(step)),
    button('Left', pan(-0.2, 0)), button('Right', pan(0.2, 0)), button('Up', pan(0, 0.2)), button('Down', pan(0, -0.2)),
    button('Whole picture', () => camera().animatedReset(step)),
  ]
  const swap = button('Move and zoom', () => {
    const moving = canvas.hidden
    canvas.hidden = !moving
    frame.hidden = moving
    for (const b of moves) b.hidden = !moving
    swap.textContent = moving ? 'Show the drawing' : 'Move and zoom'
    if (!moving) {
      sigma.kill()
      sigma = undefined
      return
    }
    const graph = graphOf(drawing)
    try {
      // On a circle every name has room; around a record some wait until one zooms in.
      sigma = new Sigma(graph, canvas, { labelFont: 'arial, sans-serif', labelSize: 14, labelRenderedSizeThreshold: 2, ...(drawing.querySelector('[class*=dot--group]') ? { labelDensity: 3, labelGridCellSize: 70 } : {}), stagePadding: 130,
        defaultDrawNodeLabel: labelOn(getComputedStyle(canvas).backgroundColor), labelColor: { color: getComputedStyle(drawing.querySelector('text')).fill }, zIndex: true })
    } catch { // a browser without WebGL
      canvas.hidden = true
      frame.hidden = false
      for (const b of moves) b.hidden = true
      swap.disabled = true
      swap.textContent = 'This browser cannot move the picture'
      return
    }
    sigma.on('clickNode', ({ node }) => location.assign(graph.getNodeAttribute(node, 'href')))
    sigma.on('enterNode', () => canvas.classList.add('is-over'))
    sigma.on('leaveNode', () => canvas.classList.remove('is-over'))
  })
  for (const b of moves) b.hidden = true
  tools.append(swap, ...moves)
}

for (const figure of document.querySelectorAll('[data-picture]')) movable(figure)

// What is wider than its frame begins in the middle of the picture.
for (const frame of document.querySelectorAll('.picture__frame')) {
  const focus = frame.querySelector('.dot--focus')
  if (focus) frame.scrollLeft = Number(focus.dataset.x) - frame.clientWidth / 2
}
