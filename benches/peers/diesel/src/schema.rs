//! The tables, as `diesel print-schema` writes them.

diesel::table! {
    attachments (id) {
        id -> Int8,
        ticket_id -> Int8,
        name -> Text,
        bytes -> Int8,
    }
}

diesel::table! {
    authors (id) {
        id -> Int8,
        name -> Text,
    }
}

diesel::table! {
    book_tags (book_id, tag_id) {
        book_id -> Int8,
        tag_id -> Int8,
    }
}

diesel::table! {
    books (id) {
        id -> Int8,
        author_id -> Int8,
        title -> Text,
        pages -> Int4,
        price -> Int8,
    }
}

diesel::table! {
    comments (id) {
        id -> Int8,
        ticket_id -> Int8,
        body -> Text,
    }
}

diesel::table! {
    events (id) {
        id -> Int8,
        user_id -> Int8,
        kind -> Text,
        amount -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    measurements (id) {
        id -> Int8,
        sensor -> Text,
        value -> Float8,
        taken_at -> Timestamptz,
    }
}

diesel::table! {
    milestones (id) {
        id -> Int8,
        title -> Text,
        due_at -> Timestamptz,
    }
}

diesel::table! {
    nodes (id) {
        id -> Int8,
        parent_id -> Nullable<Int8>,
        name -> Text,
    }
}

diesel::table! {
    orders (id) {
        id -> Int8,
        user_id -> Int8,
        product_id -> Int8,
        quantity -> Int4,
        total -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    products (id) {
        id -> Int8,
        name -> Text,
        price -> Int8,
    }
}

diesel::table! {
    projects (id) {
        id -> Int8,
        name -> Text,
    }
}

diesel::table! {
    tags (id) {
        id -> Int8,
        name -> Text,
    }
}

diesel::table! {
    tickets (id) {
        id -> Int8,
        title -> Text,
        project_id -> Int8,
        user_id -> Int8,
        milestone_id -> Int8,
    }
}

diesel::table! {
    users (id) {
        id -> Int8,
        name -> Text,
        email -> Text,
        created_at -> Timestamptz,
    }
}

diesel::joinable!(book_tags -> tags (tag_id));
diesel::joinable!(orders -> products (product_id));
diesel::joinable!(orders -> users (user_id));
diesel::joinable!(tickets -> milestones (milestone_id));
diesel::joinable!(tickets -> projects (project_id));
diesel::joinable!(tickets -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(
    book_tags, milestones, orders, products, projects, tags, tickets, users,
);
