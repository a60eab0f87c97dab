//! One table of field types and serde's attributes: what each is as JSON, and what a client reads.
//!
//! Each row is a variant with a field of the type, and a few values of it. What is sent of them is
//! decoded by Rust and by the generated TypeScript, is valid by the schema, and makes the page
//! `docs/field-types.md`.

mod types;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::num::{NonZeroI32, NonZeroU8, NonZeroU16, NonZeroU32, Wrapping};
use std::ops::{Bound, Range, RangeInclusive};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU8};
use std::sync::{Arc, Mutex, RwLock};

use serde_json::{Map, Value, json};
use types::*;
use ws_errors::{CloseCode, Envelope as _, WsError};

use crate::told_apart::Sent;

/// A type, as it is written, and what is sent for some values of it.
#[derive(Debug)]
pub struct Row {
    /// The type, or the attribute that changes it.
    pub ty: String,
    /// What is sent.
    pub sent: Vec<Sent>,
}

macro_rules! rows {
    ($($(#[$attribute:meta])* $name:ident: $ty:ty = $($value:expr),+ ;)*) => {
        /// An error for each type.
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error(catalog = "field-types", envelope = { "code": code, "value": self.value })]
        #[allow(missing_docs)]
        pub enum FieldTypes { $(
            #[error("one")]
            $name { $(#[$attribute])* value: $ty },
        )* }

        /// The table.
        pub fn rows() -> Vec<Row> {
            vec![$({
                let attribute: &[&str] = &[$(stringify!($attribute)),*];
                let ty = stringify!($ty);
                Row {
                    ty: attribute.iter().map(|one| format!("#[{one}] ")).collect::<String>() + ty,
                    sent: vec![$(sent(&FieldTypes::$name { value: $value })),+],
                }
            }),*]
        }
    };
}

fn sent(error: &FieldTypes) -> Sent {
    Sent { catalog: FieldTypes::catalog(), entry: error.entry(), output: error.encode(&()) }
}

fn named() -> Named {
    Named { a: 1, b: "x".to_owned() }
}

rows! {
    Bool: bool = true, false;
    U8: u8 = 0, 255;
    I8: i8 = -128, 127;
    U16: u16 = 0, u16::MAX;
    I16: i16 = i16::MIN, 0;
    U32: u32 = 0, u32::MAX;
    I32: i32 = i32::MIN, i32::MAX;
    F32: f32 = 1.5, 0.0, f32::NAN, f32::INFINITY;
    F64: f64 = 1.5, -0.0, 1e300, f64::NAN, f64::NEG_INFINITY;
    #[ws_error(as = "string")] U64Text: u64 = 0, u64::MAX;
    #[ws_error(as = "string")] I64Text: i64 = i64::MIN, 1;
    #[ws_error(as = "string")] U128Text: u128 = u128::MAX;
    #[ws_error(as = "string")] UsizeText: usize = 7;
    #[ws_error(as = "string")] OptionalU64Text: Option<u64> = Some(u64::MAX), None;
    #[ws_error(as = "number")] U64Number: u64 = 0, 9_007_199_254_740_991;
    #[ws_error(as = "number")] U64List: Vec<u64> = vec![1, 2];
    NonZeroByte: NonZeroU8 = NonZeroU8::MIN;
    NonZeroShort: NonZeroU16 = NonZeroU16::MAX;
    NonZeroWord: NonZeroU32 = NonZeroU32::MIN;
    NonZeroSigned: NonZeroI32 = NonZeroI32::MIN;
    OptionalNonZero: Option<NonZeroU8> = None, Some(NonZeroU8::MAX);
    WrappingByte: Wrapping<u8> = Wrapping(3);
    Char: char = 'a', '"', '😀';
    Text: String = String::new(), "a\"\\\n\u{1}é😀\u{2028}".to_owned();
    StaticText: &'static str = "text";
    CowText: Cow<'static, str> = "text".into();
    BoxedText: Box<str> = "text".into();
    BoxedString: Box<String> = Box::new("text".to_owned());
    Nothing: () = ();
    Boxed: Box<u8> = Box::new(1);
    CountedReference: Rc<u8> = Rc::new(1);
    SharedReference: Arc<u8> = Arc::new(1);
    SharedText: Arc<str> = "text".into();
    CountedText: Rc<str> = "text".into();
    SharedString: Arc<String> = Arc::new("text".to_owned());
    SharedList: Arc<[u8]> = Arc::from([1, 2]);
    SharedStruct: Arc<Named> = Arc::new(named());
    OptionalSharedText: Option<Arc<str>> = None, Some("text".into());
    #[ws_error(as = "string")] SharedU64: Arc<u64> = Arc::new(u64::MAX);
    InCell: Cell<u8> = Cell::new(1);
    InRefCell: RefCell<u8> = RefCell::new(1);
    InMutex: Mutex<u8> = Mutex::new(1);
    InRwLock: RwLock<String> = RwLock::new("x".to_owned());
    AtomicByte: AtomicU8 = AtomicU8::new(1);
    AtomicTruth: AtomicBool = AtomicBool::new(true);
    AtomicWord: AtomicI32 = AtomicI32::new(-1);
    Phantom: PhantomData<u8> = PhantomData;
    OptionByte: Option<u8> = None, Some(0);
    OptionText: Option<String> = None, Some(String::new());
    OptionTruth: Option<bool> = None, Some(false);
    OptionFloat: Option<f64> = None, Some(0.5), Some(f64::NAN);
    OptionTwice: Option<Option<u8>> = None, Some(None), Some(Some(1));
    OptionNothing: Option<()> = None, Some(());
    OptionJson: Option<Value> = None, Some(Value::Null), Some(json!({"a": [1]}));
    OptionList: Option<Vec<u8>> = None, Some(Vec::new());
    OptionStruct: Option<Named> = None, Some(named());
    OptionBoxed: Option<Box<Named>> = None, Some(Box::new(named()));
    BoxedOption: Box<Option<u8>> = Box::new(None), Box::new(Some(1));
    Json: Value = Value::Null, json!(1), json!("x"), json!([null]), json!({"a": null});
    JsonObject: Map<String, Value> = Map::new();
    List: Vec<u8> = Vec::new(), vec![1, 2];
    Texts: Vec<String> = vec!["a".to_owned()];
    Lists: Vec<Vec<u8>> = vec![Vec::new(), vec![1]];
    OptionalElements: Vec<Option<u8>> = vec![None, Some(1)];
    FloatElements: Vec<f64> = vec![1.0, f64::NAN];
    Structs: Vec<Named> = vec![named()];
    Boxes: Box<[u8]> = Box::new([1, 2]);
    Slice: &'static [u8] = &[1, 2];
    CowSlice: Cow<'static, [u8]> = Cow::Borrowed(&[1, 2]);
    NoneOfThem: [u8; 0] = [];
    One: [u8; 1] = [1];
    Two: [u8; 2] = [1, 2];
    Twelve: [u8; 12] = [1; 12];
    TwoTexts: [String; 2] = ["a".to_owned(), String::new()];
    TupleOfOne: (u8,) = (1,);
    Tuple: (u8, String) = (1, "x".to_owned());
    Triple: (u8, bool, Option<u8>) = (1, true, None);
    NestedTuple: (u8, (bool, String)) = (1, (true, String::new()));
    Tuples: Vec<(u8, String)> = vec![(1, "x".to_owned())];
    Deque: VecDeque<u8> = VecDeque::from([1, 2]);
    Chain: LinkedList<u8> = LinkedList::from([1, 2]);
    Set: BTreeSet<u8> = BTreeSet::from([1, 2]);
    Hashes: HashSet<u8> = HashSet::from([1]);
    TextMap: BTreeMap<String, u8> = BTreeMap::new(), BTreeMap::from([("a".to_owned(), 1)]);
    HashedMap: HashMap<String, u8> = HashMap::from([("a".to_owned(), 1)]);
    StaticMap: BTreeMap<&'static str, String> = BTreeMap::from([("a", "x".to_owned())]);
    NumberMap: BTreeMap<u32, String> = BTreeMap::from([(1, "x".to_owned())]);
    SignedMap: BTreeMap<i8, bool> = BTreeMap::from([(-1, true)]);
    CharMap: BTreeMap<char, u8> = BTreeMap::from([('a', 1)]);
    MapOfLists: BTreeMap<String, Vec<u8>> = BTreeMap::from([("a".to_owned(), vec![1])]);
    MapOfOptions: BTreeMap<String, Option<u8>> = BTreeMap::from([("a".to_owned(), None)]);
    MapOfFloats: BTreeMap<String, f64> = BTreeMap::from([("a".to_owned(), f64::NAN)]);
    MapOfStructs: BTreeMap<String, Named> = BTreeMap::from([("a".to_owned(), named())]);
    MapOfMaps: BTreeMap<String, BTreeMap<String, u8>> = BTreeMap::from([("a".to_owned(), BTreeMap::new())]);
    OddMap: BTreeMap<String, u8> = BTreeMap::from([("__proto__".to_owned(), 1), (String::new(), 2)]);
    Path: PathBuf = PathBuf::from("/a b");
    Success: Result<u8, String> = Ok(1), Err("x".to_owned());
    HalfOpen: Range<u32> = 1..2;
    Inclusive: RangeInclusive<u32> = 1..=2;
    Limit: Bound<u8> = Bound::Unbounded, Bound::Included(1), Bound::Excluded(2);
    Address: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    Address4: std::net::Ipv4Addr = std::net::Ipv4Addr::LOCALHOST;
    Address6: std::net::Ipv6Addr = std::net::Ipv6Addr::LOCALHOST;
    Socket: std::net::SocketAddr = std::net::SocketAddr::from(([127, 0, 0, 1], 80));
    Close: CloseCode = CloseCode::new(4001).expect("sendable");
    #[ws_error(as = "number")] Wait: std::time::Duration = std::time::Duration::from_millis(1_500);

    NamedStruct: Named = named();
    NewtypeStruct: Newtype = Newtype(1);
    TupleStruct: Pair = Pair(1, "x".to_owned());
    UnitStruct: Unit = Unit;
    BracedStruct: Braced = Braced {};
    GenericStruct: Generic<u8> = Generic { inner: 1 };
    GenericText: Generic<String> = Generic { inner: String::new() };
    GenericOption: Generic<Option<u8>> = Generic { inner: None }, Generic { inner: Some(1) };
    NestedStruct: Nested = Nested { named: named(), list: vec![named()] };
    Recursive: Tree = Tree { children: vec![Tree { children: Vec::new() }] };
    RecursiveOption: Linked = Linked { next: Some(Box::new(Linked { next: None })) };
    OptionalMember: Optional = Optional { a: None }, Optional { a: Some(1) };
    TransparentStruct: Transparent = Transparent { a: 1 };
    RenamedStruct: Renamed = Renamed { a: 1 };
    CamelStruct: Camel = Camel { two_words: 1 };
    KebabStruct: Kebab = Kebab { two_words: 1 };
    ScreamingStruct: Screaming = Screaming { two_words: 1 };
    PascalStruct: Pascal = Pascal { two_words: 1 };
    CamelWhenSentStruct: CamelWhenSent = CamelWhenSent { two_words: 1 };
    ClosedStruct: Closed = Closed { a: 1 };
    TaggedStruct: Tagged = Tagged { a: 1 };
    ConvertedStruct: Converted = Converted { a: 1 };
    DefaultedStruct: Defaulted = Defaulted::default();
    RenamedMember: RenamedField = RenamedField { a: 1 };
    RenamedMemberWhenSent: RenamedWhenSent = RenamedWhenSent { a: 1 };
    AliasedMember: Aliased = Aliased { a: 1 };
    SkippedMember: Skipped = Skipped { a: 1, secret: "s".to_owned() };
    SkippedMemberWhenSent: SkippedWhenSent = SkippedWhenSent { a: 1, secret: "s".to_owned() };
    SkippedMemberWhenRead: SkippedWhenRead = SkippedWhenRead { a: 1 };
    SkippedMemberIfNone: SkippedIfNone = SkippedIfNone { a: None }, SkippedIfNone { a: Some(1) };
    SkippedMemberIfEmpty: SkippedIfEmpty = SkippedIfEmpty { a: 1, list: Vec::new() }, SkippedIfEmpty { a: 1, list: vec![1] };
    SkippedMemberIfBlank: SkippedIfBlank = SkippedIfBlank { text: String::new() }, SkippedIfBlank { text: "x".to_owned() };
    DefaultedMember: DefaultedField = DefaultedField { a: 0 };
    DefaultedOptionalMember: DefaultedOption = DefaultedOption { a: None };
    MembersAsTexts: Usage = Usage { bytes: u64::MAX, parts: vec![1, u64::MAX], limit: Some(1) }, Usage { bytes: 0, parts: Vec::new(), limit: None };
    MemberSerializedWith: SerializedWith = SerializedWith { a: u64::MAX };
    FlattenedStruct: Flat = Flat { a: 1, named: Flag { c: true } };
    FlattenedMap: FlatMap = FlatMap { a: 1, rest: BTreeMap::from([("x".to_owned(), 1)]) };
    FlattenedOption: FlatOption = FlatOption { a: 1, rest: None }, FlatOption { a: 1, rest: Some(Flag { c: true }) };
    FlattenedEnum: FlatEnum = FlatEnum { a: 1, rest: Internal::Unit };
    KeywordMember: Keyword = Keyword { r#type: 1 };
    OddMembers: OddKeys = OddKeys { a: 1, b: 2, c: 3, d: 4 };
    RangedMember: Ranged = Ranged { a: 5 };
    FloatMembers: Floats = Floats { a: f64::NAN, b: Some(f32::NAN), c: vec![f64::INFINITY, 1.0] };

    UnitVariants: Units = Units::First, Units::Second;
    SnakeVariants: SnakeUnits = SnakeUnits::FirstOne, SnakeUnits::SecondOne;
    RenamedVariants: RenamedUnits = RenamedUnits::First, RenamedUnits::Second;
    VariantsRenamedWhenSent: SentUnits = SentUnits::First, SentUnits::Second;
    ExternalEnum: External = External::Unit, External::New(1), External::Pair(1, String::new()), External::Named { a: 1 };
    InternalEnum: Internal = Internal::Unit, Internal::Named { a: 1 }, Internal::New(Flag { c: true });
    AdjacentEnum: Adjacent = Adjacent::Unit, Adjacent::New(1), Adjacent::Pair(1, String::new()), Adjacent::Named { a: 1 };
    UntaggedEnum: Untagged = Untagged::Unit, Untagged::Number(1), Untagged::Text(String::new()), Untagged::Named { a: 1 };
    SpeltEnum: Spelt = Spelt::TwoWords { two_words: 1 };
    SpeltEnumWhenSent: SpeltWhenSent = SpeltWhenSent::First, SpeltWhenSent::Second { a: 1 };
    PartlySkippedEnum: PartlySkipped = PartlySkipped::First;
    PartlyUntaggedEnum: PartlyUntagged = PartlyUntagged::First, PartlyUntagged::Other(1);
    RecursiveEnum: Cause = Cause::All { causes: vec![Cause::Leaf { text: "x".to_owned() }] };
    SingleVariant: Single = Single::Only;
    SingleNewtype: SingleNew = SingleNew::Only("x".to_owned());
    SingleInternal: SingleTagged = SingleTagged::Only { a: None };
    EnumMap: BTreeMap<String, External> = BTreeMap::from([("a".to_owned(), External::Unit)]);
    EnumList: Vec<Internal> = vec![Internal::Unit, Internal::Named { a: 1 }];
    OptionEnum: Option<Internal> = None, Some(Internal::Unit);
    OptionUntagged: Option<Untagged> = None, Some(Untagged::Unit), Some(Untagged::Number(1));
}

/// All that is sent.
pub fn all() -> Vec<Sent> {
    rows().into_iter().flat_map(|row| row.sent).collect()
}
