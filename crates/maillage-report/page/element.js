const data = JSON.parse(document.getElementById("data").textContent);
let language = data.language;
let words = language === "fr" ? french : english;

/** Makes an element; texts become text nodes only, so no name is ever read as markup. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const whole = (number) => (number === null || number === undefined ? "–" : new Intl.NumberFormat(language).format(number));
const decimal = (number, digits = 1) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(number);
const share = (part, all) => (all > 0 ? fraction(part / all) : "–");
const fraction = (part) => (part === null || part === undefined ? "–" : new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(part));
const named = (name, id) => (name ? `${name} (${id})` : id);
