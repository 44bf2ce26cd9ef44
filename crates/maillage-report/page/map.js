const INK = "#1b1b1b";
let lines, outlines, filledPaths, innerBorders, outerBorders, squares;
const SQUARES = 48;
const side = Math.max(...data.map.size, 1) / SQUARES;
const asker = document.createElement("canvas").getContext("2d");

/** Makes the paths of the map, once: after the words and tables are on the screen. */
function prepareMap() {
  if (lines) return;
  lines = data.map.arcs.map((steps) => {
    const line = [];
    let x = 0, y = 0;
    for (let at = 0; at < steps.length; at += 2) line.push([(x += steps[at]), (y += steps[at + 1])]);
    return line;
  });
  outlines = data.map.shapes.map(outline);
  filledPaths = {};
  for (const commune of communes) (filledPaths[commune.kind] ??= new Path2D()).addPath(outlines[commune.index].path);
  innerBorders = linePath(lines.keys());
  outerBorders = linePath(data.map.borders);
  squares = new Map();
  outlines.forEach(sortIntoSquares);
}

/** Returns the path of a commune, and the box round it; a commune that is a point becomes a disc. */
function outline(rings, index) {
  const path = new Path2D();
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    let started = false;
    for (const arc of ring) {
      const line = lines[arc < 0 ? ~arc : arc];
      for (let at = started ? 1 : 0; at < line.length; at++) {
        const [x, y] = line[arc < 0 ? line.length - 1 - at : at];
        if (started) path.lineTo(x, y);
        else path.moveTo(x, y);
        started = true;
        box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
      }
    }
    path.closePath();
  }
  if (rings.length === 0) {
    const { x, y } = communes[index];
    const radius = Math.max(...data.map.size, 1) / 250;
    path.arc(x, y, radius, 0, 2 * Math.PI);
    box.splice(0, 4, x - radius, y - radius, x + radius, y + radius);
  }
  return { path, box };
}

function linePath(numbers) {
  const path = new Path2D();
  for (const number of numbers) lines[number].forEach(([x, y], at) => (at ? path.lineTo(x, y) : path.moveTo(x, y)));
  return path;
}

/** Communes by squares of the map, to find the one under the pointer. */
function sortIntoSquares({ box }, index) {
  for (let column = Math.floor(box[0] / side); column <= Math.floor(box[2] / side); column++) {
    for (let row = Math.floor(box[1] / side); row <= Math.floor(box[3] / side); row++) {
      const key = column * 4096 + row;
      if (!squares.has(key)) squares.set(key, []);
      squares.get(key).push(index);
    }
  }
}

function communeAt(x, y) {
  const near = squares.get(Math.floor(x / side) * 4096 + Math.floor(y / side)) ?? [];
  return near.find((index) => asker.isPointInPath(outlines[index].path, x, y, "evenodd"));
}

/** Draws communes, borders and sites; `view` is the scale and the place of the map's corner. */
function drawMap(context, view, ratio, layer) {
  const { scale, x, y } = view;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
  context.lineJoin = context.lineCap = "round";
  for (const kind of KINDS) {
    if (!filledPaths[kind]) continue;
    context.fillStyle = colourOf(kind, layer);
    context.fill(filledPaths[kind], "evenodd");
  }
  context.strokeStyle = "rgba(90,90,90,.35)";
  context.lineWidth = 0.5 / scale;
  context.stroke(innerBorders);
  context.strokeStyle = INK;
  context.lineWidth = 1.3 / scale;
  context.stroke(outerBorders);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const size = Math.min(7, Math.max(3, 3 + Math.log2(1 + scale / view.whole)));
  for (const site of sitesIn(layer)) drawSite(context, site, view, size);
}

const CORNERS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]], diamond: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]], triangle: [[0, -1.2], [1.2, 0.9], [-1.2, 0.9]],
};
const cornersOf = (form, x, y, size) => CORNERS[form].map(([across, down]) => [x + across * size, y + down * size]);

/** Draws a mark that stays as it is, on paper or in a legend. */
function drawnMark(form, x, y, size, look) {
  return form === "circle"
    ? drawn("circle", { cx: x, cy: y, r: size, ...look })
    : drawn("polygon", { points: cornersOf(form, x, y, size).join(" "), ...look });
}

function drawSite(context, site, view, whole) {
  const { form, colour, size: times } = markOf(site);
  const size = whole * times;
  const [x, y] = [site.x * view.scale + view.x, site.y * view.scale + view.y];
  context.beginPath();
  if (form === "circle") context.arc(x, y, size, 0, 2 * Math.PI);
  else cornersOf(form, x, y, size).forEach(([across, down], at) => (at ? context.lineTo(across, down) : context.moveTo(across, down)));
  context.closePath();
  context.fillStyle = colour;
  context.lineWidth = 1.2;
  context.strokeStyle = "#fff";
  context.fill();
  context.stroke();
}

/** Draws what is pointed at. */
function drawPointed(context, view, ratio, index) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  if (index === undefined) return;
  context.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, view.x * ratio, view.y * ratio);
  context.lineJoin = "round";
  for (const [colour, width] of [["#fff", 5], ["#000", 2.4]]) {
    context.strokeStyle = colour;
    context.lineWidth = width / view.scale;
    context.stroke(outlines[index].path);
  }
}

/** The map as lines and areas, for paper: as sharp as the printer. */
function printedMap(layer) {
  const [width, height] = data.map.size.map((length) => Math.max(length, 1));
  const edge = Math.max(width, height) / 60;
  const places = {};
  data.map.shapes.forEach((rings, index) => {
    const kind = communes[index].kind;
    for (const ring of rings) {
      const corners = ring.flatMap((arc) => (arc < 0 ? [...lines[~arc]].reverse() : lines[arc]));
      (places[kind] ??= []).push(`M${corners.join(" ")}Z`);
    }
    if (rings.length === 0) {
      const { x, y } = communes[index], radius = edge / 4;
      (places[kind] ??= []).push(`M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`);
    }
  });
  const thin = { stroke: "#8a8a8a", "stroke-width": edge / 60, "fill-rule": "evenodd" };
  const size = edge / 2.6;
  return drawn("svg", { class: "paper", viewBox: [-edge, -edge, width + 2 * edge, height + 2 * edge].join(" "), role: "img", "aria-label": words.map },
    Object.entries(places).map(([kind, parts]) => drawn("path", { ...thin, d: parts.join(""), fill: colourOf(kind, layer) })),
    drawn("path", { d: data.map.borders.map((arc) => `M${lines[arc].join(" ")}`).join(""), fill: "none", stroke: INK, "stroke-width": edge / 20 }),
    sitesIn(layer).map((site) => printedSite(site, size)));
}

function printedSite(site, whole) {
  const { form, colour, size: times } = markOf(site);
  const size = whole * times;
  return drawnMark(form, site.x, site.y, size, { fill: colour, stroke: "#fff", "stroke-width": size / 5 });
}
