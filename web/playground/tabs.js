/** Tabs: each shows the elements that its `aria-controls` names and hides those of the others. Arrow keys go from one to the next. */
export function startTabs(list) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const panels = (tab) => tab.getAttribute("aria-controls").split(" ").map((id) => document.getElementById(id));

  function select(chosen) {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      for (const panel of panels(tab)) panel.hidden = !isChosen;
    }
  }

  function next({ key }, index) {
    switch (key) {
      case "ArrowRight": return tabs[(index + 1) % tabs.length];
      case "ArrowLeft": return tabs[(index + tabs.length - 1) % tabs.length];
      case "Home": return tabs[0];
      case "End": return tabs.at(-1);
      default: return null;
    }
  }

  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", (event) => {
      const other = next(event, index);
      if (!other) return;
      event.preventDefault();
      select(other);
      other.focus();
    });
  }
}
