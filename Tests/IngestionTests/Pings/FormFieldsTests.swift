import Testing

@testable import Ingestion

@Suite struct `Form fields` {
    @Test func `names and values are unescaped`() {
        let fields = FormFields.decode("id=a%20b&note=x+y&%6Cat=-0.9&empty=&flag&a=b=c")
        #expect(
            fields == [
                "id": .text("a b"), "note": .text("x y"), "lat": .text("-0.9"), "empty": .text(""),
                "flag": .text(""), "a": .text("b=c"),
            ]
        )
    }

    @Test func `of a name that comes twice the first value counts`() {
        #expect(FormFields.decode("id=1&id=2") == ["id": .text("1")])
    }

    @Test func `what is wrongly escaped stays as it is`() {
        #expect(FormFields.decode("id=%zz&b=%") == ["id": .text("%zz"), "b": .text("%")])
    }

    @Test(arguments: ["", "&&&", " \r\n"])
    func `nothing is nothing`(text: String) {
        #expect(FormFields.decode(text) == [:])
    }
}
