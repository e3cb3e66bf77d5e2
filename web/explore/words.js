/** What the groups of the catalogue are to the person whose archive it is. */
export const GROUPS = [
  { name: "told", title: "What you told them", text: "You gave this yourself: your account, ratings, reviews, answers." },
  { name: "seen", title: "What they saw", text: "This was noted while you used the service." },
  { name: "fromOthers", title: "What they got from others", text: "This came from another party." },
  { name: "feedback", title: "What they showed you", text: "Recommendations and advertisements, and what became of them." },
  { name: "will", title: "What you decided", text: "What you allowed, forbade or asked for." },
  { name: "catalogue", title: "About titles", text: "The service's own catalogue; it is about no viewer." },
  { name: "unknown", title: "What we cannot place", text: "Kinds of events that this page does not know." },
];

/** `user.contact.email` in words: `contact › email`. */
export function categoryText(category) {
  return category.replace(/^user\./, "").replaceAll("_", " ").split(".").join(" › ");
}

export function fieldText(field) {
  return field.replaceAll("_", " ");
}
