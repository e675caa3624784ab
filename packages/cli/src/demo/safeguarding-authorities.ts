/**
 * Whom the demonstration's people tell of a child. None of them is real: names are invented, and the telephone numbers are Ofcom's for
 * drama. The first shows an authority that another has followed.
 */
export const SAFEGUARDING_AUTHORITIES = [
  {
    id: "example-borough-council",
    name: "Example Borough Council, children's front door",
    areas: ["west-yorkshire"],
    contact: { telephone: "01632 960101" },
    validTo: "2026-04-01",
  },
  {
    id: "example-city-council",
    name: "Example City Council, children's front door",
    areas: ["west-yorkshire", "north-yorkshire", "south-yorkshire"],
    contact: {
      telephone: "01632 960102",
      outOfHours: "01632 960103",
      portal: "https://children.city.example/refer",
      note: "Out of hours a duty social worker answers.",
    },
    validFrom: "2026-04-01",
  },
  {
    id: "example-capital-council",
    name: "Example Capital Council, children's front door",
    areas: ["metropolitan", "city-of-london"],
    contact: { telephone: "020 7946 0104", outOfHours: "020 7946 0105" },
  },
  {
    id: "example-national-children-line",
    name: "Example National Children's Line",
    areas: ["GB"],
    contact: {
      telephone: "01632 960106",
      email: "referrals@children.example",
      note: "Where no council is known.",
    },
  },
];
