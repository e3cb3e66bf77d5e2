local secrets = { "anna.novak", "555 0142", "4111 1111", "192.0.2.33" }
local telling = "Write to anna.novak@example.com, call +420 555 0142, pay with 4111 1111 1111 1111, from 192.0.2.33."

describe("redact", function()
  it("takes names, postal codes and accounts elsewhere out", function()
    local account = redact(build.account_opened{ government_id = "850101/1234" }).data
    for _, field in ipairs({ "name", "given_name", "family_name", "government_id" }) do
      expect(account[field]).to_be_nil()
    end
    expect(redact(build.supplement_demographic()).data.postal_code).to_be_nil()
    expect(redact(build.supplement_interest{ account = "@anna" }).data.account).to_be_nil()
  end)

  it("masks e-mail addresses and phone numbers", function()
    local data = redact(build.account_opened{ email = "anna.novak@example.com", phone = "+420 555 0142" }).data
    expect(data.email).to_be("a***@e***.com")
    expect(data.phone).to_be("+420***42")
  end)

  it("keeps of a postal address the country alone", function()
    local address = { street = "Dlouhá 1", city = "Praha", postal_code = "110 00", country = "CZ" }
    expect(redact(build.account_opened{ postal_address = address }).data.postal_address).to_equal({ country = "CZ" })
  end)

  it("keeps of a means of payment its kind alone", function()
    local method = { kind = "card", number = "4111 1111 1111 1111", last4 = "1111", holder = "Anna Novak" }
    expect(redact(build.account_updated{ payment_method = method }).data.payment_method).to_equal({ kind = "card" })
  end)

  it("shortens IPv4 and IPv6 addresses", function()
    expect(redact(build.session_started{ ip = "192.0.2.33" }).data.ip).to_be("192.0.2.0")
    expect(redact(build.session_started{ ip = "2001:db8:1:2::3" }).data.ip).to_be("2001:db8:1::")
  end)

  for _, case in ipairs({
    { "review_written", "text" }, { "support_contacted", "transcript" }, { "support_contacted", "topic" },
    { "support_contacted", "resolution" }, { "page_visited", "url" }, { "page_visited", "referrer" },
    { "search_made", "query" },
  }) do
    it("masks what gives viewers away in " .. case[2] .. " of " .. case[1], function()
      local masked = redact(build[case[1]]{ [case[2]] = telling }).data[case[2]]
      for _, secret in ipairs(secrets) do expect(masked).never.to_contain(secret) end
      expect(masked).to_contain("Write to ")
    end)
  end

  it("masks who answered", function()
    expect(redact(build.support_contacted{ agent = "Petr Svoboda" }).data.agent).to_be("P. S.")
  end)

  it("gives a cookie the same pseudonym again", function()
    local first = redact(build.beacon_fired{ cookie_id = "ck-77" }).data.cookie_id
    expect(first).to_match("^%x+$")
    expect(redact(build.page_visited{ cookie_id = "ck-77" }).data.cookie_id).to_be(first)
    expect(redact(build.page_visited{ cookie_id = "ck-78" }).data.cookie_id).never.to_be(first)
  end)

  it("leaves what was watched, rated and searched for as it was", function()
    for _, event in ipairs({
      build.playback_stopped{ ip = json.null }, build.rating_given(), build.search_made(), build.title_added(),
    }) do
      expect(redact(event)).to_equal(event)
    end
  end)

  it("takes fields that are null, and an event without data", function()
    local event = build.account_opened{
      name = json.null, email = json.null, postal_address = json.null, payment_method = json.null,
    }
    local redacted = redact(event)
    expect(redacted.data.postal_address).to_be(json.null)
    expect(redacted.data.payment_method).to_be(json.null)
    local bare = parse('{"specversion":"1.0","id":"1","source":"test","type":"account.opened"}')
    expect(redact(bare)).to_equal(bare)
  end)
end)
